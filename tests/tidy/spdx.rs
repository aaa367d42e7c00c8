//! Licence expressions: enough of SPDX to judge one against a list.

/// Whether somebody who accepts the licences for which `accepts` is true may use what carries this expression.
/// An expression that cannot be read is refused.
pub(crate) fn satisfied(expression: &str, accepts: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = tokens.as_slice();
    either(&mut rest, accepts).is_some_and(|fine| fine && rest.is_empty())
}

fn either(rest: &mut &[&str], accepts: &dyn Fn(&str) -> bool) -> Option<bool> {
    let mut fine = both(rest, accepts)?;
    while let ["OR", after @ ..] = *rest {
        *rest = after;
        fine |= both(rest, accepts)?;
    }
    Some(fine)
}

fn both(rest: &mut &[&str], accepts: &dyn Fn(&str) -> bool) -> Option<bool> {
    let mut fine = one(rest, accepts)?;
    while let ["AND", after @ ..] = *rest {
        *rest = after;
        fine &= one(rest, accepts)?;
    }
    Some(fine)
}

fn one(rest: &mut &[&str], accepts: &dyn Fn(&str) -> bool) -> Option<bool> {
    match *rest {
        ["(", after @ ..] => {
            *rest = after;
            let fine = either(rest, accepts)?;
            let [")", after @ ..] = *rest else { return None };
            *rest = after;
            Some(fine)
        }
        [id, "WITH", exception, after @ ..] => {
            *rest = after;
            Some(accepts(id) || accepts(&format!("{id} WITH {exception}")))
        }
        [id, after @ ..] if !["OR", "AND", "WITH", ")"].contains(id) => {
            *rest = after;
            Some(accepts(id))
        }
        _ => None,
    }
}

#[test]
fn expressions_are_judged_as_written() {
    let accepts = |id: &str| id == "MIT" || id == "ISC" || id == "Apache-2.0 WITH LLVM-exception";
    for fine in [
        "MIT",
        "GPL-3.0 OR MIT",
        "MIT/GPL-3.0",
        "MIT AND ISC",
        "(GPL-3.0 OR MIT) AND ISC",
        "Apache-2.0 WITH LLVM-exception",
    ] {
        assert!(satisfied(fine, &accepts), "{fine}");
    }
    for refused in
        ["GPL-3.0", "GPL-3.0 AND MIT", "MIT AND (GPL-3.0 OR X)", "Apache-2.0", "", "MIT OR", "(MIT", "MIT ISC"]
    {
        assert!(!satisfied(refused, &accepts), "{refused}");
    }
}
