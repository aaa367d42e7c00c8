//! Times as people say them: words and a clock face in simplified mode, digits in full mode (U20).

use chrono::{DateTime, Datelike, FixedOffset, Timelike};

use super::{Scene, words::Words};

/// A moment for a screen, in the person's own time.
pub(super) struct Moment {
    /// "vandaag, 9 uur 's avonds".
    pub(super) words: String,
    /// "vandaag", "maandag", "3 mei"; of another year "3 mei 2025".
    pub(super) day: String,
    /// "vandaag om 21:04".
    pub(super) digits: String,
    /// "21:04".
    pub(super) time: String,
    /// Hour of the clock face, as the words say it.
    pub(super) hour: u8,
    /// Minute of the clock face: a quarter, as the words say it.
    pub(super) minute: u8,
}

const MINUTES_OF_A_QUARTER: u32 = 15;

/// Describes a moment given in Unix seconds.
pub(super) fn moment(scene: &Scene<'_>, words: Words, time_s: i64) -> Moment {
    let now = local(scene.now_ms.div_euclid(1000), scene.utc_offset_s);
    let then = local(time_s, scene.utc_offset_s);
    let day = day(words, then, now);
    let time = format!("{:02}:{:02}", then.hour(), then.minute());
    Moment {
        words: words.get_with(
            "time-words",
            &[("day", (&day).into()), ("time", (&time_words(words, then.hour(), then.minute())).into())],
        ),
        digits: words.get_with("time-digits", &[("day", (&day).into()), ("time", (&time).into())]),
        day,
        time,
        hour: u8::try_from(then.hour()).unwrap_or(0),
        minute: u8::try_from(then.minute() / MINUTES_OF_A_QUARTER * MINUTES_OF_A_QUARTER).unwrap_or(0),
    }
}

fn local(time_s: i64, utc_offset_s: i32) -> DateTime<FixedOffset> {
    let zone = FixedOffset::east_opt(utc_offset_s).or_else(|| FixedOffset::east_opt(0));
    let utc = DateTime::from_timestamp(time_s, 0).unwrap_or_default();
    zone.map_or_else(|| utc.fixed_offset(), |zone| utc.with_timezone(&zone))
}

/// Today, yesterday, the day's name within a week, or the date.
fn day(words: Words, then: DateTime<FixedOffset>, now: DateTime<FixedOffset>) -> String {
    match (now.date_naive() - then.date_naive()).num_days() {
        0 => words.get("day-today"),
        1 => words.get("day-yesterday"),
        2..=6 => words.get(weekday(then.weekday())),
        _ => date(words, then, now),
    }
}

fn date(words: Words, then: DateTime<FixedOffset>, now: DateTime<FixedOffset>) -> String {
    let month = words.get(month(then.month()));
    let (day, month) = (("day", then.day().into()), ("month", (&month).into()));
    match u32::try_from(then.year()) {
        Ok(year) if then.year() != now.year() => words.get_with("day-date-year", &[day, month, ("year", year.into())]),
        _ => words.get_with("day-date", &[day, month]),
    }
}

const fn weekday(day: chrono::Weekday) -> &'static str {
    match day {
        chrono::Weekday::Mon => "day-1",
        chrono::Weekday::Tue => "day-2",
        chrono::Weekday::Wed => "day-3",
        chrono::Weekday::Thu => "day-4",
        chrono::Weekday::Fri => "day-5",
        chrono::Weekday::Sat => "day-6",
        chrono::Weekday::Sun => "day-7",
    }
}

const fn month(month: u32) -> &'static str {
    match month {
        1 => "month-1",
        2 => "month-2",
        3 => "month-3",
        4 => "month-4",
        5 => "month-5",
        6 => "month-6",
        7 => "month-7",
        8 => "month-8",
        9 => "month-9",
        10 => "month-10",
        11 => "month-11",
        _ => "month-12",
    }
}

/// The quarter that began last: nobody hears of a time that has not come yet.
pub(super) fn time_words(words: Words, hour: u32, minute: u32) -> String {
    let part = words.get(match hour {
        0..6 => "time-part-night",
        6..12 => "time-part-morning",
        12..18 => "time-part-afternoon",
        _ => "time-part-evening",
    });
    let key = match minute / MINUTES_OF_A_QUARTER {
        0 => "time-hour",
        1 => "time-quarter-past",
        2 => "time-half",
        _ => "time-quarter-to",
    };
    let arguments =
        [("hour", on_the_face(hour).into()), ("next", on_the_face(hour + 1).into()), ("part", (&part).into())];
    words.get_with(key, &arguments)
}

/// Hour 0 to 24 as a clock face shows it: 1 to 12.
const fn on_the_face(hour: u32) -> u32 {
    match hour % 12 {
        0 => 12,
        hour => hour,
    }
}
