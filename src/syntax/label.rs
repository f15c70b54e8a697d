//! The closed label sets of the treebanks: word classes, fine tags, relations.

use crate::ontology::names;

names! {
    /// Universal word classes.
    Upos {
        /// Adjective.
        Adj = "ADJ",
        /// Preposition or postposition.
        Adp = "ADP",
        /// Adverb.
        Adv = "ADV",
        /// Auxiliary or copula.
        Aux = "AUX",
        /// Co-ordinating conjunction.
        Cconj = "CCONJ",
        /// Determiner.
        Det = "DET",
        /// Interjection.
        Intj = "INTJ",
        /// Common noun.
        Noun = "NOUN",
        /// Numeral.
        Num = "NUM",
        /// Particle: "to", "not", "'s".
        Part = "PART",
        /// Pronoun.
        Pron = "PRON",
        /// Proper noun.
        Propn = "PROPN",
        /// Punctuation.
        Punct = "PUNCT",
        /// Subordinating conjunction.
        Sconj = "SCONJ",
        /// Symbol.
        Sym = "SYM",
        /// Full verb.
        Verb = "VERB",
        /// None of these.
        X = "X",
    }
}

names! {
    /// Penn Treebank tags, as UD English extends them.
    Xpos {
        /// Co-ordinating conjunction.
        Cc = "CC",
        /// Number.
        Cd = "CD",
        /// Determiner.
        Dt = "DT",
        /// Existential "there".
        Ex = "EX",
        /// Foreign word.
        Fw = "FW",
        /// Preposition or subordinating conjunction.
        In = "IN",
        /// Adjective.
        Jj = "JJ",
        /// Comparative.
        Jjr = "JJR",
        /// Superlative.
        Jjs = "JJS",
        /// List marker.
        Ls = "LS",
        /// Modal.
        Md = "MD",
        /// Noun, singular.
        Nn = "NN",
        /// Noun, plural.
        Nns = "NNS",
        /// Proper noun, singular.
        Nnp = "NNP",
        /// Proper noun, plural.
        Nnps = "NNPS",
        /// Predeterminer.
        Pdt = "PDT",
        /// Possessive ending.
        Pos = "POS",
        /// Personal pronoun.
        Prp = "PRP",
        /// Possessive pronoun.
        PrpS = "PRP$",
        /// Adverb.
        Rb = "RB",
        /// Adverb, comparative.
        Rbr = "RBR",
        /// Adverb, superlative.
        Rbs = "RBS",
        /// Particle of a verb.
        Rp = "RP",
        /// Symbol.
        Sym = "SYM",
        /// "to".
        To = "TO",
        /// Interjection.
        Uh = "UH",
        /// Verb, base form.
        Vb = "VB",
        /// Verb, past tense.
        Vbd = "VBD",
        /// Verb, -ing form.
        Vbg = "VBG",
        /// Verb, past participle.
        Vbn = "VBN",
        /// Verb, present, not third person singular.
        Vbp = "VBP",
        /// Verb, present, third person singular.
        Vbz = "VBZ",
        /// Wh-determiner.
        Wdt = "WDT",
        /// Wh-pronoun.
        Wp = "WP",
        /// Possessive wh-pronoun.
        WpS = "WP$",
        /// Wh-adverb.
        Wrb = "WRB",
        /// Full stop, question or exclamation mark.
        Period = ".",
        /// Comma.
        Comma = ",",
        /// Colon, semicolon, dash.
        Colon = ":",
        /// Opening bracket.
        OpenBracket = "-LRB-",
        /// Closing bracket.
        CloseBracket = "-RRB-",
        /// Opening quote.
        OpenQuote = "``",
        /// Closing quote.
        CloseQuote = "''",
        /// Hyphen.
        Hyph = "HYPH",
        /// Currency sign.
        Currency = "$",
        /// Address: e-mail, URL.
        Add = "ADD",
        /// Affix.
        Afx = "AFX",
        /// Part of a word written apart.
        Gw = "GW",
        /// Superfluous punctuation.
        Nfp = "NFP",
        /// Not tagged.
        None = "_",
    }
}

names! {
    /// Dependency relations of UD English.
    Deprel {
        /// Clause that modifies a noun.
        Acl = "acl",
        /// Relative clause.
        AclRelcl = "acl:relcl",
        /// Adverbial clause.
        Advcl = "advcl",
        /// Relative clause of a clause: ", which …".
        AdvclRelcl = "advcl:relcl",
        /// Adverb.
        Advmod = "advmod",
        /// Adjective.
        Amod = "amod",
        /// Apposition.
        Appos = "appos",
        /// Auxiliary.
        Aux = "aux",
        /// Passive auxiliary.
        AuxPass = "aux:pass",
        /// Preposition, or the possessive ending.
        Case = "case",
        /// Conjunction.
        Cc = "cc",
        /// "both", "either".
        CcPreconj = "cc:preconj",
        /// Clausal complement with its own subject.
        Ccomp = "ccomp",
        /// Part of a compound.
        Compound = "compound",
        /// Particle of a verb.
        CompoundPrt = "compound:prt",
        /// Further conjunct; its head is the first.
        Conj = "conj",
        /// Copula.
        Cop = "cop",
        /// Clause as subject.
        Csubj = "csubj",
        /// Clause as subject of a copula clause whose predicate is a clause.
        CsubjOuter = "csubj:outer",
        /// Clause as passive subject.
        CsubjPass = "csubj:pass",
        /// Unknown relation.
        Dep = "dep",
        /// Determiner.
        Det = "det",
        /// Predeterminer.
        DetPredet = "det:predet",
        /// Discourse element.
        Discourse = "discourse",
        /// Fronted or postposed element.
        Dislocated = "dislocated",
        /// Expletive.
        Expl = "expl",
        /// Part of a fixed expression.
        Fixed = "fixed",
        /// Further word of a name.
        Flat = "flat",
        /// Part of a word written apart.
        Goeswith = "goeswith",
        /// Indirect object.
        Iobj = "iobj",
        /// List item.
        List = "list",
        /// Subordinating word.
        Mark = "mark",
        /// Noun phrase that modifies a noun.
        Nmod = "nmod",
        /// Title or description before a name.
        NmodDesc = "nmod:desc",
        /// Possessor.
        NmodPoss = "nmod:poss",
        /// Modifying noun phrase without a preposition.
        NmodUnmarked = "nmod:unmarked",
        /// Subject.
        Nsubj = "nsubj",
        /// Subject of a copula clause whose predicate is a clause.
        NsubjOuter = "nsubj:outer",
        /// Passive subject.
        NsubjPass = "nsubj:pass",
        /// Number.
        Nummod = "nummod",
        /// Object.
        Obj = "obj",
        /// Oblique noun phrase.
        Obl = "obl",
        /// "by" phrase of a passive.
        OblAgent = "obl:agent",
        /// Oblique noun phrase without a preposition.
        OblUnmarked = "obl:unmarked",
        /// Stands for a missing head's dependent.
        Orphan = "orphan",
        /// Loosely joined clause.
        Parataxis = "parataxis",
        /// Punctuation.
        Punct = "punct",
        /// Speech repaired.
        Reparandum = "reparandum",
        /// The root.
        Root = "root",
        /// Person addressed.
        Vocative = "vocative",
        /// Clausal complement whose subject is the governor's.
        Xcomp = "xcomp",
    }
}
