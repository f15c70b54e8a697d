//! Who held which office when, and who belonged to what.

use jiff::civil::Date;

use crate::ontology::{Country, EntityKind};

use super::layer::{Layer, unpack_sector};
use super::layout::{NONE, OFFICE, Section, TENURE, pack_country, unpack_country};
use super::{EntryId, Gazetteer, Tenure, date};

/// A membership of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The body.
    pub organisation: EntryId,
    /// The member.
    pub member: EntryId,
    /// First day, where known.
    pub from: Option<Date>,
    /// First day no longer a member.
    pub until: Option<Date>,
}

impl Membership {
    /// Whether it holds at a date; without a date, whether it has not ended.
    pub fn holds(&self, at: Option<Date>) -> bool {
        holds(self.from, self.until, at)
    }
}

impl Tenure<'_> {
    /// Whether the office is held at a date; without a date, whether the term has not ended. A term whose start nobody
    /// knows is taken to have begun some years before its end.
    pub fn holds(&self, at: Option<Date>) -> bool {
        let begun = match (self.from, self.until, at) {
            (None, Some(until), Some(at)) => until.year() - at.year() <= LONGEST_UNKNOWN,
            _ => true,
        };
        begun && holds(self.from, self.until, at)
    }
}

/// Years before its end that a term of unknown start may have begun: lists of governments tell who is in office on a day.
const LONGEST_UNKNOWN: i16 = 6;

fn holds(from: Option<Date>, until: Option<Date>, at: Option<Date>) -> bool {
    match at {
        Some(at) => from.is_none_or(|from| from <= at) && until.is_none_or(|until| at < until),
        None => until.is_none(),
    }
}

impl Layer {
    fn tenure(&self, place: usize) -> Tenure<'_> {
        let [person, office, from, until, leads] = self.blob().record::<TENURE>(Section::Tenures, place);
        let [_, role, country, organisation, sector, general] =
            self.blob().record::<OFFICE>(Section::Offices, office as usize);
        Tenure {
            person: EntryId(person),
            role: self.blob().string(role),
            general: if general == NONE { self.blob().string(role) } else { self.blob().string(general) },
            country: unpack_country(country),
            organisation: (organisation != NONE).then_some(EntryId(organisation)),
            sector: unpack_sector(sector).unwrap_or(crate::ontology::Sector::Unknown),
            from: date(from),
            until: date(until),
            leads: leads != 0,
        }
    }

    fn tenures_of(&self, person: u32) -> impl Iterator<Item = Tenure<'_>> {
        let holder = |place: usize| self.blob().number(Section::Tenures, place, 0);
        let start = self.blob().partition(Section::Tenures, |place| holder(place) < person);
        let count = self.blob().len(Section::Tenures);
        (start..count).take_while(move |&place| holder(place) == person).map(|place| self.tenure(place))
    }

    /// The terms of all offices of a country, by role and office.
    fn tenures_in(&self, country: Country) -> impl Iterator<Item = Tenure<'_>> {
        let of = |place: usize| self.blob().number(Section::Offices, place, 2);
        let packed = pack_country(country);
        let first = self.blob().partition(Section::Offices, |place| of(place) < packed);
        let end = self.blob().partition(Section::Offices, |place| of(place) <= packed);
        self.tenures_of_offices(first, end)
    }

    /// The terms of the offices of a country that have this role, in its own words or in general ones.
    fn terms<'l>(&'l self, country: Country, role: &'l str) -> impl Iterator<Item = Tenure<'l>> {
        let record = |place: usize| self.blob().record::<OFFICE>(Section::Offices, place);
        let packed = pack_country(country);
        let first = self.blob().partition(Section::Offices, |place| record(place)[2] < packed);
        let offices = (first..self.blob().len(Section::Offices)).take_while(move |&place| record(place)[2] == packed);
        let of_role = offices.filter(move |&place| {
            let [_, own, _, _, _, general] = record(place);
            self.blob().string(own) == role || self.blob().string(general) == role
        });
        of_role.flat_map(|place| self.tenures_of_offices(place, place + 1))
    }

    /// The terms of the offices from `first` to before `end`.
    fn tenures_of_offices(&self, first: usize, end: usize) -> impl Iterator<Item = Tenure<'_>> {
        let office = |place: usize| {
            let tenure = self.blob().number(Section::ByOffice, place, 0) as usize;
            self.blob().number(Section::Tenures, tenure, 1) as usize
        };
        let start = self.blob().partition(Section::ByOffice, |place| office(place) < first);
        let stop = self.blob().partition(Section::ByOffice, |place| office(place) < end);
        (start..stop).map(|place| self.tenure(self.blob().number(Section::ByOffice, place, 0) as usize))
    }

    fn members_of(&self, organisation: u32) -> impl Iterator<Item = Membership> + '_ {
        let record = |place: usize| self.blob().record::<4>(Section::Members, place);
        let start = self.blob().partition(Section::Members, |place| record(place)[0] < organisation);
        let count = self.blob().len(Section::Members);
        (start..count).map(record).take_while(move |record| record[0] == organisation).map(membership)
    }

    fn memberships_of(&self, member: u32) -> impl Iterator<Item = Membership> + '_ {
        self.blob().records(Section::Members).filter(move |record| record[1] == member).map(membership)
    }
}

fn membership([organisation, member, from, until]: [u32; 4]) -> Membership {
    Membership { organisation: EntryId(organisation), member: EntryId(member), from: date(from), until: date(until) }
}

impl Gazetteer {
    /// The offices a person has held, by start.
    pub fn tenures_of(&self, person: EntryId) -> impl Iterator<Item = Tenure<'_>> {
        self.layers
            .iter()
            .flat_map(move |layer| layer.tenures_of(person.0))
            .filter(|tenure| !self.is_off(tenure.person))
    }

    /// The office that best says who a person is at a date: held then, else the last one held before, else the next.
    /// Without a date the most recent. Among several the highest, by [`rank`].
    pub fn tenure_at(&self, person: EntryId, at: Option<Date>) -> Option<Tenure<'_>> {
        self.tenures_of(person).max_by_key(|tenure| {
            let held = tenure.holds(at);
            let past = at.is_none_or(|at| tenure.from.is_none_or(|from| from <= at));
            // In office the rank decides, otherwise the time.
            let end = tenure.until.unwrap_or(Date::MAX);
            let home = tenure.country == self.entry(person).country;
            (held, past, if held { rank(tenure.role) } else { 0 }, home, if past { end } else { Date::MIN })
        })
    }

    /// The countries and territories that have a code.
    pub fn countries(&self) -> impl Iterator<Item = Country> + '_ {
        let packed = self.layers.iter().flat_map(|layer| layer.blob().records::<2>(Section::Countries));
        packed.filter_map(|[country, _]| unpack_country(country))
    }

    /// The terms of all who ever held a role in a country; `president` as well as what the office is called there.
    pub fn terms<'g>(&'g self, country: Country, role: &'g str) -> impl Iterator<Item = Tenure<'g>> {
        let terms = self.layers.iter().flat_map(move |layer| layer.terms(country, role));
        terms.filter(|tenure| !self.is_off(tenure.person))
    }

    /// Who holds a role in a country at a date, the surest first; without a date the last holders known. The role
    /// `leader` asks for whoever leads the country. Several answers mean several offices of that name, an overlap in
    /// the sources, or a date on which the office changed hands.
    pub fn holders(&self, country: Country, role: &str, at: Option<Date>) -> Vec<Tenure<'_>> {
        let all =
            self.layers.iter().flat_map(|layer| layer.tenures_in(country)).filter(|tenure| !self.is_off(tenure.person));
        let fits = |tenure: &Tenure| tenure.role == role || tenure.general == role || role == "leader" && tenure.leads;
        let all: Vec<Tenure> = all.filter(fits).collect();
        latest_first(all, at)
    }

    /// Who holds a role in an organisation at a date, the surest first; without a date the last holders known.
    pub fn heads_of(&self, organisation: EntryId, role: &str, at: Option<Date>) -> Vec<Tenure<'_>> {
        let mut all = Vec::new();
        for layer in &self.layers {
            let offices = layer.blob().len(Section::Offices);
            for office in
                (0..offices).filter(|&office| layer.blob().number(Section::Offices, office, 3) == organisation.0)
            {
                all.extend(
                    layer
                        .tenures_of_offices(office, office + 1)
                        .filter(|tenure| role == "leader" || tenure.role == role),
                );
            }
        }
        latest_first(all, at)
    }

    /// The members that a body has at a date; without a date, those it has not lost.
    pub fn members_of(&self, organisation: EntryId, at: Option<Date>) -> impl Iterator<Item = Membership> + '_ {
        self.layers
            .iter()
            .flat_map(move |layer| layer.members_of(organisation.0))
            .filter(move |membership| membership.holds(at))
    }

    /// The bodies that a country or organisation belongs to at a date; without a date, those it has not left.
    pub fn memberships_of(&self, member: EntryId, at: Option<Date>) -> impl Iterator<Item = Membership> + '_ {
        self.layers
            .iter()
            .flat_map(move |layer| layer.memberships_of(member.0))
            .filter(move |membership| membership.holds(at))
    }

    /// The entry of a country's code.
    pub fn country(&self, country: Country) -> Option<EntryId> {
        let found = self.layers.iter().find_map(|layer| layer.country(country)).map(EntryId);
        found.filter(|&entry| !self.is_off(entry) && self.kind(entry) == EntityKind::Country)
    }
}

/// Those in office at the date, the latest first; when there are none, the one whose term ended last before it.
fn latest_first(all: Vec<Tenure<'_>>, at: Option<Date>) -> Vec<Tenure<'_>> {
    let mut held: Vec<Tenure> = all.iter().copied().filter(|tenure| tenure.holds(at)).collect();
    if held.is_empty() {
        let before = all.into_iter().filter(|tenure| at.is_none_or(|at| tenure.from.is_none_or(|from| from <= at)));
        held.extend(before.max_by_key(|tenure| tenure.until));
    }
    held.sort_by_key(|tenure| std::cmp::Reverse(tenure.from));
    held
}

/// How high an office is: of two that somebody holds at once the higher one names the person.
pub fn rank(role: &str) -> u8 {
    match role {
        "president" | "king" | "queen" | "emperor" | "emir" | "sultan" | "supreme leader" | "pope" => 9,
        "prime minister" | "chancellor" => 8,
        "secretary general" | "chairman" | "head of state" | "governor general" | "leader" => 7,
        "crown prince" | "vice president" | "deputy prime minister" => 6,
        "foreign minister" | "defence minister" => 5,
        _ if role.ends_with("minister") => 4,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn names(gazetteer: &Gazetteer, tenures: &[Tenure]) -> Vec<String> {
        tenures.iter().map(|tenure| gazetteer.entry(tenure.person).name.to_owned()).collect()
    }

    #[test]
    fn the_holder_of_an_office_depends_on_the_date() {
        let gazetteer = Gazetteer::builtin();
        let russia = Country::new("RUS").unwrap();
        let holder = |role, at| names(&gazetteer, &gazetteer.holders(russia, role, Some(at)));
        assert_eq!(holder("president", date(2010, 6, 1)), ["Dmitry Medvedev"]);
        assert_eq!(holder("president", date(2014, 6, 1)), ["Vladimir Putin"]);
        assert_eq!(holder("prime minister", date(2010, 6, 1)), ["Vladimir Putin"]);
        assert_eq!(names(&gazetteer, &gazetteer.holders(russia, "president", None)), ["Vladimir Putin"]);
    }

    #[test]
    fn a_person_has_the_office_of_the_day() {
        let gazetteer = Gazetteer::builtin();
        let putin = gazetteer.by_id("person/vladimir-putin").unwrap();
        let role = |at| gazetteer.tenure_at(putin, Some(at)).map(|tenure| tenure.role);
        assert_eq!(role(date(2010, 6, 1)), Some("prime minister"));
        assert_eq!(role(date(2020, 6, 1)), Some("president"));
    }

    #[test]
    fn members_come_and_go() {
        let gazetteer = Gazetteer::builtin();
        let csto = gazetteer.lookup("CSTO", None)[0].entry;
        let armenia = gazetteer.country(Country::new("ARM").unwrap()).unwrap();
        assert!(gazetteer.members_of(csto, None).any(|membership| membership.member == armenia));
        assert!(gazetteer.memberships_of(armenia, None).any(|membership| membership.organisation == csto));
    }
}
