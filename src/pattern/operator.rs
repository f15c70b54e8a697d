//! Words that change what becomes of an act in their complement.

use crate::ontology::names;

names! {
    /// What a governing word makes of the act it governs.
    Operator {
        /// "launch", "carry out": does what the noun says.
        Light = "light",
        /// "suffer", "come under": undergoes what the noun says.
        Undergo = "undergo",
        /// "begin", "continue", "manage": it happens.
        Happen = "happen",
        /// "fail", "avoid": it does not happen.
        Fail = "fail",
        /// "end", "lift", "suspend": it is over.
        End = "end",
        /// "cancel", "call off", "scrap": it will not happen.
        Cancel = "cancel",
        /// "plan", "prepare", "set to": it is to come.
        Plan = "plan",
        /// "consider", "mull", "weigh": it is only thought of.
        Consider = "consider",
        /// "agree", "promise", "offer", "pledge": the doer binds itself.
        Commit = "commit",
        /// "threaten": the doer means harm.
        Threaten = "threaten",
        /// "ask", "urge", "demand": another is to do it.
        Request = "request",
        /// "refuse", "decline", "rule out": the doer will not.
        Refuse = "refuse",
        /// "deny": the doer says that it did not.
        Deny = "deny",
        /// "accuse", "allege", "suspect": somebody is said to have done it.
        Allege = "allege",
        /// "say", "announce": somebody tells it.
        Say = "say",
        /// "call", "describe" after "what": it is somebody's word for what happened.
        Name = "name",
        /// "force", "prompt": the object does it.
        Cause = "cause",
        /// "allow", "authorise": the object may do it.
        Permit = "permit",
        /// "fear", "brace for": it may come to pass.
        Fear = "fear",
        /// "deploy", "dispatch": it is what somebody is sent for.
        Send = "send",
        /// "prevent", "stop ~ from": the object does not do it.
        Prevent = "prevent",
        /// "attempt", "try": it may not have succeeded.
        Attempt = "attempt",
        /// "broker", "mediate": the doer stands between those who do it.
        Mediate = "mediate",
    }
}
