//! What becomes of a code when the act is to come, asked for, refused, ended or threatened.
//!
//! CAMEO numbers appeals (02), intentions (03), demands (10) and refusals (12) alike: 2 diplomatic co-operation, 3 aid,
//! 4 reform, 5 yielding, 6 meetings, 7 settlements, 8 mediation. [`Matter`] is that common part, read off the act.

use crate::ontology::{Cameo, Mode, Plover};

/// Type and code of an act.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Act {
    pub(super) plover: Option<Plover>,
    pub(super) cameo: Cameo,
    pub(super) mode: Option<Mode>,
}

impl Act {
    fn new(plover: Plover, code: &str) -> Self {
        let cameo = Cameo::new(code).or_else(|| Cameo::new(plover.root_cameo())).unwrap_or(Cameo::STATEMENT);
        Self { plover: Some(plover), cameo, mode: cameo.mode().filter(|mode| mode.belongs_to(plover)) }
    }

    fn with_mode(mut self, mode: Mode) -> Self {
        self.mode = self.plover.filter(|&plover| mode.belongs_to(plover)).map(|_| mode).or(self.mode);
        self
    }

    /// Whether something is merely said.
    pub(super) fn is_statement(self) -> bool {
        self.plover.is_none() && self.cameo == Cameo::STATEMENT
    }

    /// Whether the act is done with force or means: what somebody sets out to do, and may not come to do.
    pub(super) fn is_forcible(self) -> bool {
        use Plover::*;
        matches!(self.plover, Some(Assault | Coerce | Mobilize | Sanction))
    }

    /// Whether the act gives something to another, in words or in deed.
    pub(super) fn is_friendly(self) -> bool {
        use Plover::*;
        matches!(self.plover, Some(Agree | Consult | Support | Cooperate | Aid | Concede | Retreat))
    }
}

/// What an appeal, intention, demand or refusal is about, as the digits after `02`, with the REQUEST mode.
fn matter(act: Act) -> Option<(&'static str, Mode)> {
    use Plover::*;
    let code = act.cameo.as_str();
    let digits = match act.plover? {
        Cooperate => ["1", "11", "12", "13", "14"][last_digit(code, "06")],
        Aid => match code {
            "071" => "31",
            "072" => "32",
            "073" | "075" => "33",
            "074" => "34",
            _ => "3",
        },
        Consult => match code {
            "045" => "8",
            _ => "6",
        },
        Support => match code {
            "057" => "7",
            _ => "2",
        },
        Agree => match code {
            "036" => "6",
            "037" => "7",
            "038" | "039" => "8",
            _ => "2",
        },
        Concede | Retreat if act.mode == Some(Mode::Resign) => "41",
        Concede | Retreat => match code {
            "0831" => "41",
            "0832" => "42",
            "0833" => "43",
            "0834" => "44",
            "083" => "4",
            "0811" | "0812" | "0813" | "0814" | "081" => "51",
            "082" => "52",
            "0841" | "0842" | "084" => "53",
            "085" => "54",
            "086" | "0861" | "0862" | "0863" => "55",
            "087" | "0871" | "0872" | "0873" | "0874" => "56",
            _ => "5",
        },
        _ => return None,
    };
    let mode = match digits.as_bytes()[0] {
        b'4' => Mode::Change,
        b'5' => Mode::Yield,
        b'6' | b'7' | b'8' => Mode::Meet,
        _ => Mode::Assist,
    };
    Some((digits, mode))
}

/// The digit by which `061` … `064` differ; 0 for others.
fn last_digit(code: &str, root: &str) -> usize {
    let digit = code.strip_prefix(root).and_then(|rest| rest.parse().ok());
    digit.filter(|digit| *digit < 5).unwrap_or(0)
}

/// A request for the act. `root` is `02` for appeals and `10` for demands.
pub(super) fn requested(act: Act, root: &str) -> Option<Act> {
    let (digits, mode) = matter(act)?;
    Some(Act::new(Plover::Request, &format!("{root}{digits}")).with_mode(mode))
}

/// A commitment to the act: co-operation and yielding become AGREE (CAMEO 03), harm a threat. None where the act stays
/// what it is and is merely to come.
pub(super) fn committed(act: Act) -> Option<Act> {
    use Plover::*;
    match act.plover? {
        Consult | Support | Cooperate | Aid | Retreat | Concede => {
            let (digits, _) = matter(act)?;
            Some(Act::new(Agree, &format!("03{digits}")))
        }
        Agree => Some(act),
        Protest | Sanction | Mobilize | Coerce | Assault => threatened(act),
        Request | Accuse | Reject | Threaten => None,
    }
}

/// A commitment to take part with troops, which harms nobody yet: "agreed to send peacekeepers".
pub(super) fn joining() -> Act {
    Act::new(Plover::Agree, "0312")
}

/// An act that is only thought of.
pub(super) fn considered() -> Act {
    Act { plover: None, cameo: Cameo::new("014").unwrap_or(Cameo::STATEMENT), mode: None }
}

/// No word said: a bare statement that is not made is a comment declined.
pub(super) fn silent() -> Act {
    Act { plover: None, cameo: Cameo::new("011").unwrap_or(Cameo::STATEMENT), mode: None }
}

/// The denial of what one is accused of.
pub(super) fn denied() -> Act {
    Act { plover: None, cameo: Cameo::new("016").unwrap_or(Cameo::STATEMENT), mode: None }
}

/// A threat of the act.
pub(super) fn threatened(act: Act) -> Option<Act> {
    use Plover::*;
    let code = act.cameo.as_str();
    let (made, mode) = match act.plover? {
        Assault if code.starts_with("175") => ("137", Mode::Violence),
        Assault if code.starts_with("20") => ("1385", Mode::Violence),
        Assault if matches!(code, "180" | "183" | "1831") => ("1383", Mode::Violence),
        Assault => ("1384", Mode::Violence),
        Mobilize => ("138", Mode::Violence),
        Protest => ("133", Mode::Relations),
        Sanction => match code {
            "162" | "1621" | "1622" | "1623" => ("1311", Mode::Relations),
            "163" => ("1312", Mode::Restrict),
            "164" => ("134", Mode::Relations),
            "165" => ("135", Mode::Relations),
            "166" | "1661" | "1662" | "1663" => ("136", Mode::Expel),
            _ => ("1313", Mode::Relations),
        },
        Coerce => match code {
            "163" => ("1312", Mode::Restrict),
            "1721" => ("1321", Mode::Restrict),
            "1722" => ("1322", Mode::Restrict),
            "1723" => ("1323", Mode::Restrict),
            "1724" => ("1324", Mode::Restrict),
            "173" => ("132", Mode::Arrest),
            "174" => ("132", Mode::Expel),
            "191" => ("1381", Mode::Restrict),
            "192" => ("1382", Mode::Territory),
            _ => ("132", Mode::Restrict),
        },
        Reject | Retreat => ("130", Mode::Relations),
        _ => return None,
    };
    Some(Act::new(Threaten, made).with_mode(mode))
}

/// A refusal of the act.
pub(super) fn refused(act: Act) -> Option<Act> {
    let (digits, mode) = matter(act)?;
    let (first, rest) = digits.split_at(1);
    let made = match first {
        "1" => format!("121{rest}"),
        "3" => format!("122{rest}"),
        "4" => format!("123{rest}"),
        "5" => format!("124{rest}"),
        "6" => "125".to_owned(),
        "7" => "127".to_owned(),
        "8" => "126".to_owned(),
        _ => "120".to_owned(),
    };
    Some(Act::new(Plover::Reject, &made).with_mode(mode))
}

/// The end of the act, once under way.
pub(super) fn ended(act: Act) -> Option<Act> {
    use Plover::*;
    let code = act.cameo.as_str();
    let ended = match act.plover? {
        Sanction => Act::new(Concede, "085"),
        Coerce => match code {
            "1721" => Act::new(Concede, "0811"),
            "1722" => Act::new(Concede, "0812"),
            "1723" => Act::new(Concede, "0813"),
            "1724" => Act::new(Concede, "0814"),
            "173" => Act::new(Retreat, "0841"),
            "191" => Act::new(Retreat, "0872"),
            "192" => Act::new(Retreat, "0874"),
            "163" => Act::new(Concede, "085"),
            _ => Act::new(Concede, "081"),
        },
        Assault | Mobilize => Act::new(Retreat, "087"),
        Protest | Request | Accuse | Threaten => Act::new(Concede, "080"),
        Aid => match code {
            "071" => Act::new(Sanction, "1621"),
            "072" | "074" => Act::new(Sanction, "1622"),
            "073" => Act::new(Sanction, "1623"),
            _ => Act::new(Sanction, "162"),
        },
        Cooperate => Act::new(Sanction, "160"),
        Consult => Act::new(Sanction, "164").with_mode(Mode::Withdraw),
        Support | Agree => Act::new(Sanction, "160"),
        Retreat if code == "0871" => Act::new(Assault, "196"),
        Retreat | Concede | Reject => return None,
    };
    Some(ended)
}

/// The act called off before it came about.
pub(super) fn cancelled(act: Act) -> Option<Act> {
    use Plover::*;
    match act.plover? {
        Consult => Some(Act::new(Reject, "125").with_mode(Mode::Meet)),
        Agree | Support | Cooperate | Aid => refused(act).or(Some(Act::new(Reject, "120"))),
        _ => ended(act),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn act(plover: Plover, code: &str) -> Act {
        Act::new(plover, code)
    }

    fn shown(act: Option<Act>) -> String {
        act.map_or("-".into(), |act| format!("{} {}", act.plover.unwrap(), act.cameo))
    }

    #[test]
    fn the_matter_is_kept_when_an_act_is_asked_for_or_refused() {
        assert_eq!(shown(requested(act(Plover::Aid, "073"), "02")), "REQUEST 0233");
        assert_eq!(shown(requested(act(Plover::Retreat, "0874"), "10")), "REQUEST 1056");
        assert_eq!(shown(requested(act(Plover::Assault, "190"), "02")), "-");
        assert_eq!(shown(refused(act(Plover::Consult, "046"))), "REJECT 125");
        assert_eq!(shown(refused(act(Plover::Aid, "072"))), "REJECT 1222");
        assert_eq!(shown(committed(act(Plover::Aid, "072"))), "AGREE 0332");
        assert_eq!(shown(committed(act(Plover::Retreat, "0841"))), "AGREE 0353");
        assert_eq!(shown(threatened(act(Plover::Coerce, "192"))), "THREATEN 1382");
    }

    #[test]
    fn what_ends_turns_round() {
        assert_eq!(shown(ended(act(Plover::Coerce, "163"))), "CONCEDE 085");
        assert_eq!(shown(ended(act(Plover::Aid, "072"))), "SANCTION 1622");
        assert_eq!(shown(ended(act(Plover::Retreat, "0871"))), "ASSAULT 196");
        assert_eq!(shown(cancelled(act(Plover::Consult, "040"))), "REJECT 125");
    }
}
