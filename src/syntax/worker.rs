//! Tagging and parsing on one thread.

use super::mend::Reading;
use super::model::{Model, Parts};
use super::net::{Cache, HIDDEN, NO_TAG, NO_WORD, ROOT_TAG, ROOT_WORD};
use super::tag::pad;
use super::tagset::{self, Label};
use super::template::{Seen, Writing};
use super::transition::{Move, NO_LABEL, State, View};
use super::word::{Word, mix};
use super::{Deprel, Node, Syntax, Xpos};
use crate::document::{Document, Sentence};
use crate::span::{SentenceId, TokenId};

/// Sentences of more tokens than this are cut into pieces that are parsed on their own: nobody writes them, and lists
/// and tables that look like them would take long.
pub const LONGEST: usize = 200;

/// Tags and parses sentences; keeps the scratch memory and the caches of one thread.
#[derive(Debug)]
pub struct Worker<'m> {
    parts: Parts<'m>,
    cache: Cache,
    state: State,
    words: Vec<Word>,
    /// What the model lists of each word: number in the low half, ambiguity class in the high.
    listed: Vec<u32>,
    seen: Vec<Seen>,
    labels: Vec<Label>,
    tags: Vec<u8>,
    rows: Vec<u32>,
    nodes: Vec<Node>,
}

impl<'m> Worker<'m> {
    /// A worker with a model.
    ///
    /// # Panics
    /// Never: a [`Model`] was checked when it was made.
    pub fn new(model: &'m Model) -> Self {
        Self {
            parts: model.parts().expect("a model is checked when it is made"),
            cache: Cache::default(),
            state: State::default(),
            words: Vec::new(),
            listed: Vec::new(),
            seen: Vec::new(),
            labels: Vec::new(),
            tags: Vec::new(),
            rows: Vec::new(),
            nodes: Vec::new(),
        }
    }

    /// Tags and parses a sentence of a document.
    pub fn parse(&mut self, doc: &Document, id: SentenceId, syntax: &mut Syntax) {
        let sentence = &doc.sentences[id.index()];
        let mut nodes = std::mem::take(&mut self.nodes);
        self.parse_forms(sentence.token_ids().map(|token| doc.form(token)), sentence.tokens.start, &mut nodes);
        let first = sentence.tokens.start;
        let form = |at: usize| doc.form(TokenId(first + at as u32));
        Reading { nodes: &mut nodes, first, form }.mend();
        syntax.set(id, sentence, &nodes);
        if nodes.len() > LONGEST {
            syntax.mark_cut(id);
        }
        self.nodes = nodes;
    }

    /// Tags a sentence of a document without parsing it: its nodes have classes and tags but no heads.
    pub fn tag(&mut self, doc: &Document, sentence: &Sentence, nodes: &mut Vec<Node>) {
        nodes.clear();
        let forms: Vec<&str> = sentence.token_ids().map(|token| doc.form(token)).collect();
        for piece in forms.chunks(LONGEST) {
            self.tag_piece(piece.iter().copied());
            let tagged = self.labels.iter().zip(&self.words).zip(piece);
            nodes.extend(tagged.map(|((&label, word), form)| node(&self.parts, label, word, form)));
        }
    }

    /// Tags and parses words. Their nodes replace those in `nodes`; a head is numbered from `first`.
    pub fn parse_forms<'t>(
        &mut self,
        forms: impl ExactSizeIterator<Item = &'t str> + Clone,
        first: u32,
        nodes: &mut Vec<Node>,
    ) {
        nodes.clear();
        let count = forms.len();
        let mut start = 0;
        while start < count {
            let length = (count - start).min(LONGEST);
            let piece = forms.clone().skip(start).take(length);
            self.tag_piece(piece.clone());
            self.attach();
            self.read(piece, first, start, nodes);
            start += length;
        }
        let mut open = false;
        for (node, form) in nodes.iter_mut().zip(forms) {
            if form == "\"" && node.xpos == Xpos::CloseQuote {
                open = !open;
                node.xpos = if open { Xpos::OpenQuote } else { Xpos::CloseQuote };
            }
        }
    }

    /// Fills `words` and `labels`.
    fn tag_piece<'t>(&mut self, forms: impl Iterator<Item = &'t str>) {
        self.words.clear();
        self.words.extend(forms.map(Word::new));
        self.listed.clear();
        for word in &self.words {
            self.listed.push(self.parts.words.get(word.folded).unwrap_or(0));
        }
        let mut listed = self.listed.iter();
        pad(&self.words, |_| listed.next().map_or(0, |value| (value >> 16) as u16), &mut self.seen);
        wide_tag(self);
    }

    /// Parses the piece that was tagged last; its tree is left in `state`.
    fn attach(&mut self) {
        let count = self.words.len();
        self.tags.clear();
        self.tags.push(ROOT_TAG);
        self.tags.extend(self.labels.iter().map(|label| label.0));
        self.tags.push(NO_TAG);
        self.cache.make_room(count + 2);
        self.state.start(count);
        wide_attach(self);
    }

    /// Reads the tree in `state` into nodes; the first piece's root is the sentence's, the others hang from it.
    fn read<'t>(&self, forms: impl Iterator<Item = &'t str>, first: u32, start: usize, nodes: &mut Vec<Node>) {
        let root = nodes.iter().position(|node| node.head.is_none());
        for (((&label, word), form), index) in self.labels.iter().zip(&self.words).zip(forms).zip(1u16..) {
            let arc = self.state.word(index);
            let mut node = node(&self.parts, label, word, form);
            (node.head, node.deprel) = match (arc.head, root) {
                (0, None) => (None, Deprel::Root),
                (0, Some(root)) => (Some(TokenId(first + root as u32)), Deprel::Parataxis),
                (head, _) => {
                    (Some(TokenId(first + start as u32 + u32::from(head) - 1)), Deprel::ALL[arc.label as usize - 1])
                }
            };
            if form.len() == 3 && form.eq_ignore_ascii_case("her") {
                node.xpos = if node.deprel == Deprel::NmodPoss { Xpos::PrpS } else { Xpos::Prp };
            }
            nodes.push(node);
        }
    }
}

/// The hash under which the Penn tag of a form with a label is listed.
pub(crate) fn xpos_hash(label: Label, word: &Word) -> u64 {
    mix(word.folded ^ u64::from(label.0) << 56)
}

fn node(parts: &Parts, label: Label, word: &Word, form: &str) -> Node {
    let listed = match label.upos() {
        // Open classes have too many forms to list, and their tags follow from the label.
        super::Upos::Noun | super::Upos::Propn | super::Upos::Verb | super::Upos::Num | super::Upos::Punct => None,
        _ => parts.xpos.get(xpos_hash(label, word)),
    };
    let xpos = match listed {
        Some(number) => Xpos::ALL.get(number as usize).copied().unwrap_or(Xpos::None),
        None => tagset::xpos(label, form),
    };
    Node { upos: label.upos(), xpos, head: None, deprel: Deprel::Dep }
}

/// Compiles a loop a second time for wide vector units and takes that version where the processor has them. The sums
/// are of whole numbers: both versions give the same.
macro_rules! widened {
    ($name:ident, $inner:ident) => {
        fn $name(worker: &mut Worker) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
                fn wide(worker: &mut Worker) {
                    $inner::<true>(worker)
                }
                if is_x86_feature_detected!("avx2")
                    && is_x86_feature_detected!("bmi1")
                    && is_x86_feature_detected!("bmi2")
                    && is_x86_feature_detected!("lzcnt")
                    && is_x86_feature_detected!("popcnt")
                {
                    // SAFETY: the processor has what the function is compiled for.
                    return unsafe { wide(worker) };
                }
            }
            $inner::<false>(worker)
        }
    };
}

widened!(wide_tag, tag_words);
widened!(wide_attach, attach_words);

#[inline(always)]
fn tag_words<const WIDE: bool>(worker: &mut Worker) {
    let writing = Writing::of(&worker.words);
    worker.parts.tagger.tag::<WIDE>(&worker.seen, writing, &mut worker.labels);
    worker.parts.tagger.find_verb::<WIDE>(&worker.seen, writing, &mut worker.labels);
}

#[inline(always)]
fn attach_words<const WIDE: bool>(worker: &mut Worker) {
    let Worker { parts, cache, state, words, listed, tags, rows, .. } = worker;
    let net = &parts.net;
    rows.clear();
    rows.push(cache.place(net, ROOT_WORD, ROOT_WORD, ROOT_TAG));
    for ((word, &tag), &listed) in words.iter().zip(&tags[1..]).zip(listed.iter()) {
        let number = (listed & 0xFFFF) as u16;
        let suffix = parts.suffixes.get(suffix_hash(word)).unwrap_or(0) as u16;
        rows.push(cache.place(net, number, suffix, tag));
    }
    rows.push(cache.place(net, NO_WORD, NO_WORD, NO_TAG));
    let mut hidden = [0; HIDDEN];
    let mut asked = 0;
    while !state.is_done() {
        let reach = state.coming(AHEAD) as usize + 1;
        for &place in &rows[asked..reach] {
            cache.expect(place);
        }
        asked = reach;
        let allowed = state.allowed();
        if allowed == [true, false, false] {
            state.apply(Move::Shift, NO_LABEL);
            continue;
        }
        net.hidden(&View::of(state), state.none(), cache, rows, tags, &mut hidden);
        let scores = net.moves::<WIDE>(&hidden);
        let mut step = None;
        for candidate in Move::ALL {
            let better = step.is_none_or(|best: Move| scores[candidate as usize] > scores[best as usize]);
            if allowed[candidate as usize] && better {
                step = Some(candidate);
            }
        }
        let Some(step) = step else { break };
        let mut label = NO_LABEL;
        if let Some((dependent, head)) = state.arc(step) {
            let mask = net.mask(step, tags[head as usize], tags[dependent as usize]);
            label = net.label::<WIDE>(&hidden, step, mask) + 1;
        }
        state.apply(step, label);
    }
}

/// How many words beyond the next one have their rows asked for: a state reads two of them, the others are to spare.
const AHEAD: u16 = 4;

/// The hash under which the number of a word's ending is listed.
pub(crate) fn suffix_hash(word: &Word) -> u64 {
    mix(u64::from(word.suffix3()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Source;
    use crate::syntax::Upos;

    fn parsed(text: &str) -> (Document, Syntax) {
        let doc = crate::text::document(Source { text: text.into(), ..Source::default() });
        let mut syntax = Syntax::unread(&doc);
        let mut worker = Worker::new(Model::built_in());
        for index in 0..doc.sentences.len() {
            worker.parse(&doc, SentenceId::from(index), &mut syntax);
        }
        (doc, syntax)
    }

    /// Each word as "form/relation/head's form".
    fn arcs(text: &str) -> Vec<String> {
        let (doc, syntax) = parsed(text);
        let tokens = (0..doc.tokens.len()).map(TokenId::from);
        let arc = |token: TokenId| {
            let head = syntax.head(token).map_or("-", |head| doc.form(head));
            format!("{}/{}/{head}", doc.form(token), syntax.node(token).deprel)
        };
        tokens.map(arc).collect()
    }

    fn is_tree(doc: &Document, syntax: &Syntax) {
        for sentence in &doc.sentences {
            let roots = sentence.token_ids().filter(|&token| syntax.head(token).is_none()).count();
            assert_eq!(roots, 1, "{:?}", doc.slice(sentence.span));
            for token in sentence.token_ids() {
                assert!(sentence.span.contains(doc.tokens[token.index()].span));
                let steps =
                    std::iter::successors(Some(token), |&token| syntax.head(token)).take(sentence.tokens.len() + 1);
                assert!(steps.count() <= sentence.tokens.len(), "a cycle in {:?}", doc.slice(sentence.span));
                assert!(syntax.head(token).is_none_or(|head| sentence.tokens.contains(&head.0)));
            }
        }
    }

    #[test]
    fn plain_news_is_parsed_right() {
        let found = arcs("Rebels seized the northern town on Monday.");
        for arc in ["Rebels/nsubj/seized", "seized/root/-", "the/det/town", "town/obj/seized"] {
            assert!(found.iter().any(|found| found == arc), "{arc}: {found:?}");
        }
        let found = arcs("Two soldiers were killed by insurgents, the army said.");
        for arc in
            ["soldiers/nsubj:pass/killed", "were/aux:pass/killed", "insurgents/obl:agent/killed", "army/nsubj/said"]
        {
            assert!(found.iter().any(|found| found == arc), "{arc}: {found:?}");
        }
    }

    #[test]
    fn capitals_say_nothing_where_all_is_capitals() {
        let (doc, syntax) = parsed("THE MINISTER SAID THAT TROOPS HAD LEFT THE CITY.");
        let classes: Vec<Upos> = (0..doc.tokens.len()).map(|token| syntax.node(TokenId::from(token)).upos).collect();
        assert_eq!(classes[2], Upos::Verb);
        assert!(classes.iter().filter(|&&class| class == Upos::Propn).count() <= 2, "{classes:?}");
    }

    #[test]
    fn headlines_have_their_verbs() {
        for (text, verb) in [
            ("Gunman kills three at Lagos market", "kills"),
            ("Villagers protest in Quito over dam", "protest"),
            ("PM vows to defend islands", "vows"),
        ] {
            let found = arcs(text);
            assert!(found.contains(&format!("{verb}/root/-")), "{text}: {found:?}");
        }
    }

    #[test]
    fn whatever_is_given_comes_back_as_trees() {
        let mut state = 9u64;
        let mut random = |bound: u64| {
            state = mix(state);
            (state >> 11) % bound
        };
        const CHARACTERS: &[char] = &[
            'a', 'T', 'ß', 'é', '0', '9', ' ', ' ', ' ', '.', ',', '-', '\'', '’', '“', '(', '$', '\n', '😀', '北',
            '\u{301}', '\u{200b}', '\u{0}', 'İ',
        ];
        for _ in 0..300 {
            let length = random(120);
            let text: String = (0..length)
                .map(|_| match random(40) {
                    0 => char::from_u32(random(0x11_0000) as u32).unwrap_or('?'),
                    _ => CHARACTERS[random(CHARACTERS.len() as u64) as usize],
                })
                .collect();
            let (doc, syntax) = parsed(&text);
            is_tree(&doc, &syntax);
        }
    }

    #[test]
    fn long_sentences_are_cut_and_say_so() {
        let text = "the village and ".repeat(150) + "the town fell.";
        let (doc, syntax) = parsed(&text);
        let longest =
            (0..doc.sentences.len()).map(SentenceId::from).max_by_key(|id| doc.sentences[id.index()].tokens.len());
        let longest = longest.expect("there is a sentence");
        assert_eq!(syntax.is_cut(longest), doc.sentences[longest.index()].tokens.len() > LONGEST);
        assert!(syntax.is_cut(longest));
        is_tree(&doc, &syntax);
    }

    #[test]
    fn caches_do_not_change_the_result() {
        let forms = ["Troops", "left", "the", "capital", "."];
        let (mut first, mut again) = (Vec::new(), Vec::new());
        let mut worker = Worker::new(Model::built_in());
        worker.parse_forms(forms.into_iter(), 0, &mut first);
        for index in 0..3000 {
            let other = format!("x{index}ing");
            worker.parse_forms([other.as_str(), "fell"].into_iter(), 0, &mut again);
        }
        worker.parse_forms(forms.into_iter(), 0, &mut again);
        assert_eq!(first, again);
    }

    #[test]
    fn damaged_models_are_refused() {
        assert!(Model::from_bytes(b"").is_err());
        assert!(Model::from_bytes(&[0; 4096]).is_err());
        let mut bytes = include_bytes!("../../data/model/english.bin").to_vec();
        assert!(Model::from_bytes(&bytes).is_ok());
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        let error = Model::from_bytes(&bytes).expect_err("one bit is wrong").to_string();
        assert!(error.contains("checksum"), "{error}");
        assert!(Model::from_bytes(&bytes[..bytes.len() - 64]).is_err());
    }
}
