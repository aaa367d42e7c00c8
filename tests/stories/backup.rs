//! A phone that was restored from a backup: nothing is lost, and nobody is accused.

use std::path::Path;

use ratel_core::{intent::Intent, view::AlertState};
use ratel_tests::section;

use crate::trust::{names, notes, of_four, says, sync};

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[tokio::test]
async fn ria_restores_last_weeks_backup_and_loses_nothing() {
    // R29, G2: two operations at one number of one device are ordinary concurrency.
    let (street, fatma, jan, mut ria, ahmed) = of_four().await;
    section("Ria makes a backup");
    let before = says(&ria, "voor de kopie");
    sync(&street, &[&ria, &fatma, &jan, &ahmed]).await;
    let backup = tempfile::tempdir().unwrap();
    ria.kill();
    copy(ria.folder(), backup.path());
    ria.start();

    section("A week goes by: she says more, and Fatma lets nobody out");
    let after = says(&ria, "na de kopie");
    ria.does(Intent::Withdraw { alert: before.clone() });
    sync(&street, &[&ria, &fatma, &jan, &ahmed]).await;
    street.clock.advance_s(6 * 86_400);

    section("Her phone breaks; the backup comes back, and she writes before she has heard anything");
    ria.kill();
    std::fs::remove_dir_all(ria.folder()).unwrap();
    copy(backup.path(), ria.folder());
    ria.start();
    assert_eq!(notes(&ria), ["voor de kopie"], "the backup knows nothing of the week");
    says(&ria, "meteen na het terugzetten");
    sync(&street, &[&ria, &fatma, &jan, &ahmed]).await;

    section("Everybody sees the same, and she is a neighbour like before");
    let all = ["meteen na het terugzetten", "na de kopie", "voor de kopie"];
    for phone in [&ria, &fatma, &jan, &ahmed] {
        assert_eq!(notes(phone), all, "{}", phone.name);
        assert_eq!(phone.app().alert(&before).unwrap().state, AlertState::Withdrawn, "{}", phone.name);
        assert!(phone.app().alert(&after).is_ok());
        assert_eq!(names(phone).len(), 4);
        assert_eq!(phone.app().quarantined().unwrap().len(), 0, "nobody is accused");
    }
    says(&ria, "gewoon verder");
    sync(&street, &[&ria, &fatma, &jan, &ahmed]).await;
    assert_eq!(notes(&ahmed).len(), 4);
}
