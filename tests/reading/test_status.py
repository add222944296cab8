"""Whether an act took place: made-up sentences with hand-made trees, one for each way of saying it."""

from __future__ import annotations

import pytest

from dragoman.language.annotations import Annotations
from dragoman.reading.events.status import outer, status_of
from tests.reading.act_trees import token, tree

FIN = "Tense=Past VerbForm=Fin"
INF = "VerbForm=Inf"
PART = "VerbForm=Part Tense=Past"

CASES = {
    "plain": (
        f"Kora PROPN nsubj 2 | freed:free VERB root 0 {FIN} | sailors:sailor NOUN obj 2",
        "freed",
        "occurred",
        [],
    ),
    "will": (
        f"Kora PROPN nsubj 3 | will AUX aux 3 | free VERB root 0 {INF} | sailors:sailor NOUN obj 3",
        "free",
        "planned",
        ["will"],
    ),
    "reported would": (
        f"Kora PROPN nsubj 2 | said:say VERB root 0 {FIN} | it PRON nsubj 5 | would AUX aux 5 | "
        f"respond VERB ccomp 2 {INF} | "
        "by SCONJ mark 7 | sending:send VERB advcl 5 VerbForm=Ger | envoys:envoy NOUN obj 7",
        "respond",
        "planned",
        ["would"],
    ),
    "would does not leak out of the clause": (
        f"Kora PROPN nsubj 2 | arrested:arrest VERB root 0 {FIN} | a DET det 4 | man NOUN obj 2 | who PRON nsubj 7 | "
        f"would AUX aux 7 | speak VERB acl:relcl 4 {INF}",
        "arrested",
        "occurred",
        [],
    ),
    "conditional": (
        f"Kora PROPN nsubj 3 | would AUX aux 3 | attack VERB root 0 {INF} | if SCONJ mark 6 | it PRON nsubj 6 | "
        f"failed:fail VERB advcl 3 {FIN}",
        "attack",
        "hypothetical",
        ["would", "if"],
    ),
    "if": (
        f"If SCONJ mark 3 | Kora PROPN nsubj 3 | attacked:attack VERB advcl 5 {FIN} | they PRON nsubj 5 | flee VERB root 0 {INF}",
        "attacked",
        "hypothetical",
        ["If"],
    ),
    "threat": (
        f"Kora PROPN nsubj 2 | threatened:threaten VERB root 0 {FIN} | to PART mark 4 | bomb VERB xcomp 2 {INF} | towns:town NOUN obj 4",
        "bomb",
        "threatened",
        ["threatened"],
    ),
    "promise": (
        f"Kora PROPN nsubj 2 | pledged:pledge VERB root 0 {FIN} | to PART mark 4 | withdraw VERB xcomp 2 {INF}",
        "withdraw",
        "promised",
        ["pledged"],
    ),
    "agreed": (
        f"Kora PROPN nsubj 2 | agreed:agree VERB root 0 {FIN} | to PART mark 4 | withdraw VERB xcomp 2 {INF}",
        "withdraw",
        "planned",
        ["agreed"],
    ),
    "did not agree": (
        f"Kora PROPN nsubj 4 | did:do AUX aux 4 | not PART advmod 4 | agree VERB root 0 {INF} | to PART mark 6 | "
        f"withdraw VERB xcomp 4 {INF}",
        "withdraw",
        "denied",
        ["not", "agree"],
    ),
    "refused": (
        f"Kora PROPN nsubj 2 | refused:refuse VERB root 0 {FIN} | to PART mark 4 | withdraw VERB xcomp 2 {INF}",
        "withdraw",
        "denied",
        ["refused"],
    ),
    "would not": (
        f"Kora PROPN nsubj 2 | said:say VERB root 0 {FIN} | it PRON nsubj 6 | would AUX aux 6 | not PART advmod 6 | "
        f"withdraw VERB ccomp 2 {INF}",
        "withdraw",
        "denied",
        ["not"],
    ),
    "urged": (
        f"Kora PROPN nsubj 2 | urged:urge VERB root 0 {FIN} | Velmar PROPN obj 2 | to PART mark 5 | withdraw VERB xcomp 2 {INF}",
        "withdraw",
        "demanded",
        ["urged"],
    ),
    "called for": (
        f"Kora PROPN nsubj 2 | called:call VERB root 0 {FIN} | for ADP case 4 | talks:talk NOUN obl 2 Number=Plur",
        "talks",
        "demanded",
        ["called"],
    ),
    "cancelled a wave of attacks": (
        f"I PRON nsubj 3 | have AUX aux 3 | cancelled:cancel VERB root 0 {PART} | the DET det 7 | "
        "expected ADJ amod 7 | "
        "second ADJ amod 7 | wave NOUN obj 3 | of ADP case 9 | attacks:attack NOUN nmod 7 Number=Plur",
        "attacks",
        "cancelled",
        ["cancelled"],
    ),
    "called off": (
        f"Kora PROPN nsubj 2 | called:call VERB root 0 {FIN} | off ADP compound:prt 2 | the DET det 5 | visit NOUN obj 2",
        "visit",
        "cancelled",
        ["called off"],
    ),
    "a meeting that was postponed": (
        f"The DET det 2 | meeting NOUN nsubj:pass 4 | was:be AUX aux:pass 4 | postponed:postpone VERB root 0 {PART}",
        "meeting",
        "cancelled",
        ["postponed"],
    ),
    "denied doing": (
        f"Kora PROPN nsubj 2 | denied:deny VERB root 0 {FIN} | bombing:bomb VERB xcomp 2 VerbForm=Ger | towns:town NOUN obj 3",
        "bombing",
        "denied",
        ["denied"],
    ),
    "rejecting an accusation does not unsay it": (
        f"Kora PROPN nsubj 2 | rejected:reject VERB root 0 {FIN} | the DET det 4 | accusation NOUN obj 2",
        "accusation",
        "occurred",
        [],
    ),
    "began": (
        f"Guards NOUN nsubj 2 | began:begin VERB root 0 {FIN} | releasing:release VERB xcomp 2 VerbForm=Ger | sailors:sailor NOUN obj 3",
        "releasing",
        "ongoing",
        ["began"],
    ),
    "opened talks": (
        f"Kora PROPN nsubj 3 | had:have AUX aux 3 | opened:open VERB root 0 {PART} | talks:talk NOUN obj 3 Number=Plur",
        "talks",
        "ongoing",
        ["opened"],
    ),
    "progressive": (
        "Kora PROPN nsubj 3 | is:be AUX aux 3 Tense=Pres | releasing:release VERB root 0 VerbForm=Ger | sailors:sailor NOUN obj 3",
        "releasing",
        "ongoing",
        ["is", "releasing"],
    ),
    "plan to": (
        f"Kora PROPN nsubj 2 | has:have VERB root 0 {FIN} | plans:plan NOUN obj 2 Number=Plur | to PART mark 5 | attack VERB acl 3 {INF}",
        "attack",
        "planned",
        ["plans"],
    ),
    "no plans to": (
        f"Kora PROPN nsubj 2 | has:have VERB root 0 {FIN} | no DET det 4 | plans:plan NOUN obj 2 | "
        f"to PART mark 6 | attack VERB acl 4 {INF}",
        "attack",
        "denied",
        ["no"],
    ),
    "the first to": (
        "Kora PROPN nsubj 5 | was:be AUX cop 5 | the DET det 5 | first ADJ amod 5 | "
        "state NOUN root 0 | to PART mark 7 | "
        f"recognise VERB acl 5 {INF} | it PRON obj 7",
        "recognise",
        "occurred",
        [],
    ),
    "talks that will be held": (
        f"They PRON nsubj 3 | will AUX aux 3 | hold VERB root 0 {INF} | talks:talk NOUN obj 3 Number=Plur",
        "talks",
        "planned",
        ["will"],
    ),
    "agreed to hold talks": (
        f"They PRON nsubj 2 | agreed:agree VERB root 0 {FIN} | to PART mark 4 | hold VERB xcomp 2 {INF} | talks:talk NOUN obj 4",
        "talks",
        "planned",
        ["agreed"],
    ),
    "in Kora to meet": (
        f"Envoys:envoy NOUN nsubj 2 | flew:fly VERB root 0 {FIN} | to PART mark 4 | meet VERB advcl 2 {INF} | rebels:rebel NOUN obj 4",
        "meet",
        "planned",
        ["to"],
    ),
    "without": (
        f"They PRON nsubj 2 | left:leave VERB root 0 {FIN} | without SCONJ mark 4 | meeting:meet VERB advcl 2 VerbForm=Ger",
        "meeting",
        "denied",
        ["without"],
    ),
    "no attacks": (
        f"No DET det 2 | attacks:attack NOUN nsubj:pass 4 | were:be AUX aux:pass 4 | reported:report VERB root 0 {PART}",
        "attacks",
        "denied",
        ["No"],
    ),
    "may": (f"Kora PROPN nsubj 3 | may AUX aux 3 | attack VERB root 0 {INF}", "attack", "hypothetical", ["may"]),
    "planned attacks": (
        "Fears:fear NOUN root 0 | over ADP case 4 | planned ADJ amod 4 | talks:talk NOUN nmod 1",
        "talks",
        "planned",
        ["planned"],
    ),
    "will meet and visit": (
        f"He PRON nsubj 3 | will AUX aux 3 | meet VERB root 0 {INF} | rebels:rebel NOUN obj 3 | and CCONJ cc 6 | visit VERB conj 3 {INF}",
        "visit",
        "planned",
        ["will"],
    ),
    "a past tense beside a future one": (
        f"He PRON nsubj 2 | attacked:attack VERB root 0 {FIN} | them PRON obj 2 | and CCONJ cc 6 | "
        f"will AUX aux 6 | return VERB conj 2 {INF}",
        "attacked",
        "occurred",
        [],
    ),
    "failed to": (
        f"Kora PROPN nsubj 2 | failed:fail VERB root 0 {FIN} | to PART mark 4 | free VERB xcomp 2 {INF} | him PRON obj 4",
        "free",
        "denied",
        ["failed"],
    ),
    "condemned the attack": (
        f"Kora PROPN nsubj 2 | condemned:condemn VERB root 0 {FIN} | the DET det 4 | attack NOUN obj 2",
        "attack",
        "occurred",
        [],
    ),
    "not ruled out": (
        f"Kora PROPN nsubj 4 | has:have AUX aux 4 | not PART advmod 4 | ruled:rule VERB root 0 {PART} | "
        "out ADP compound:prt 4 | raids:raid NOUN obj 4 Number=Plur",
        "raids",
        "hypothetical",
        ["not", "ruled out"],
    ),
    "did not prevent": (
        f"Kora PROPN nsubj 4 | did:do AUX aux 4 | not PART advmod 4 | prevent VERB root 0 {INF} | the DET det 6 | raid NOUN obj 4",
        "raid",
        "occurred",
        ["not", "prevent"],
    ),
    "did not call off": (
        f"Kora PROPN nsubj 4 | did:do AUX aux 4 | not PART advmod 4 | cancel VERB root 0 {INF} | the DET det 6 | visit NOUN obj 4",
        "visit",
        "planned",
        ["not", "cancel"],
    ),
    "stopped short of, with short above": (
        f"Kora PROPN nsubj 2 | stopped:stop VERB root 0 {FIN} | short ADV advmod 2 | of SCONJ mark 5 | "
        "attacking:attack VERB advcl 3 VerbForm=Ger | Velmar PROPN obj 5",
        "attacking",
        "denied",
        ["stopped short"],
    ),
    "no longer": (
        f"Kora PROPN nsubj 4 | no ADV advmod 3 | longer ADV advmod 4 | supports:support VERB root 0 {FIN}",
        "supports",
        "denied",
        ["no longer"],
    ),
    "not only": (
        f"Kora PROPN nsubj 4 | not PART advmod 4 | only ADV advmod 4 | attacked:attack VERB root 0 {FIN}",
        "attacked",
        "occurred",
        [],
    ),
    "may not": (
        f"Kora PROPN nsubj 4 | may AUX aux 4 | not PART advmod 4 | attack VERB root 0 {INF}",
        "attack",
        "hypothetical",
        ["may", "not"],
    ),
    "nearly": (f"Kora PROPN nsubj 3 | nearly ADV advmod 3 | killed:kill VERB root 0 {FIN}", "killed", "denied", ["nearly"]),
    "has yet to": (
        f"Kora PROPN nsubj 2 | has:have VERB root 0 {FIN} | yet ADV advmod 2 | to PART mark 5 | free VERB xcomp 2 {INF}",
        "free",
        "denied",
        ["yet"],
    ),
    "denied reports": (
        f"Kora PROPN nsubj 2 | denied:deny VERB root 0 {FIN} | reports:report NOUN obj 2 | that SCONJ mark 6 | "
        f"troops NOUN nsubj 6 | fired:fire VERB acl 3 {FIN}",
        "fired",
        "denied",
        ["denied"],
    ),
    "reports are no denial": (
        f"Kora PROPN nsubj 2 | read:read VERB root 0 {FIN} | reports:report NOUN obj 2 | that SCONJ mark 6 | "
        f"troops NOUN nsubj 6 | fired:fire VERB acl 3 {FIN}",
        "fired",
        "occurred",
        [],
    ),
    "did not believe that": (
        f"Kora PROPN nsubj 4 | did:do AUX aux 4 | not PART advmod 4 | believe VERB root 0 {INF} | that SCONJ mark 7 | "
        f"Velmar PROPN nsubj 7 | attacked:attack VERB ccomp 4 {FIN}",
        "attacked",
        "denied",
        ["not"],
    ),
    "agreed to stop": (
        f"Kora PROPN nsubj 2 | agreed:agree VERB root 0 {FIN} | to PART mark 4 | stop VERB xcomp 2 {INF} | "
        "shelling:shell VERB xcomp 4 VerbForm=Ger | towns:town NOUN obj 5",
        "shelling",
        "ongoing",
        ["agreed", "stop"],
    ),
    "threatened to cancel": (
        f"Kora PROPN nsubj 2 | threatened:threaten VERB root 0 {FIN} | to PART mark 4 | cancel VERB xcomp 2 {INF} | "
        "the DET det 6 | visit NOUN obj 4",
        "visit",
        "planned",
        ["threatened", "cancel"],
    ),
    "was able to": (
        "Kora PROPN nsubj 3 | was:be AUX cop 3 Tense=Past VerbForm=Fin | able ADJ root 0 | to PART mark 5 | "
        f"free VERB xcomp 3 {INF} | him PRON obj 5",
        "free",
        "occurred",
        [],
    ),
    "it is important to": (
        f"It PRON expl 3 | is:be AUX cop 3 Tense=Pres VerbForm=Fin | important ADJ root 0 | to PART mark 5 | meet VERB csubj 3 {INF}",
        "meet",
        "hypothetical",
        ["important"],
    ),
    "when they meet they will": (
        "When ADV advmod 3 | they PRON nsubj 3 | meet VERB advcl 6 Tense=Pres VerbForm=Fin | they PRON nsubj 6 | "
        f"will AUX aux 6 | sign VERB root 0 {INF}",
        "meet",
        "planned",
        ["will"],
    ),
    "a question": (
        f"Did:do AUX aux 3 Tense=Past VerbForm=Fin | Kora PROPN nsubj 3 | attack VERB root 0 {INF} | ? PUNCT punct 3",
        "attack",
        "hypothetical",
        ["Did"],
    ),
    "an order in two verbs": (
        f"Leave:leave VERB root 0 Mood=Imp VerbForm=Fin | Kora PROPN obj 1 | and CCONJ cc 4 | free VERB conj 1 {INF} | them PRON obj 4",
        "free",
        "demanded",
        ["Leave"],
    ),
    "ahead of": (
        f"Kora PROPN nsubj 2 | rose:rise VERB root 0 {FIN} | ahead ADV advmod 2 | of ADP case 6 | the DET det 6 | "
        "talks:talk NOUN obj 2 Number=Plur",
        "talks",
        "planned",
        ["ahead of"],
    ),
    "instead of": (
        f"Kora PROPN nsubj 2 | offered:offer VERB root 0 {FIN} | help NOUN obj 2 | instead ADV advmod 2 | "
        "of ADP case 6 | talks:talk NOUN obl 2 Number=Plur",
        "talks",
        "denied",
        ["instead of"],
    ),
    "under way": (
        "Talks:talk NOUN nsubj 4 Number=Plur | are:be AUX cop 4 Tense=Pres VerbForm=Fin | under ADP case 4 | way NOUN root 0",
        "Talks",
        "ongoing",
        ["under way"],
    ),
    "are in talks": (
        "They PRON nsubj 4 | are:be AUX cop 4 Tense=Pres VerbForm=Fin | in ADP case 4 | talks:talk NOUN root 0 Number=Plur",
        "talks",
        "ongoing",
        ["are", "in"],
    ),
    "a summit to be held": (
        f"They PRON nsubj 2 | praised:praise VERB root 0 {FIN} | the DET det 4 | summit NOUN obj 2 | to PART mark 7 | "
        f"be AUX aux:pass 7 | held:hold VERB acl 4 {PART}",
        "summit",
        "planned",
        ["to"],
    ),
    "a visit that was cancelled": (
        f"They PRON nsubj 2 | discussed:discuss VERB root 0 {FIN} | a DET det 4 | visit NOUN obj 2 | that PRON nsubj:pass 7 | "
        f"was:be AUX aux:pass 7 | cancelled:cancel VERB acl:relcl 4 {PART}",
        "visit",
        "cancelled",
        ["cancelled"],
    ),
    "a summit next week": (
        f"They PRON nsubj 2 | discussed:discuss VERB root 0 {FIN} | a DET det 4 | summit NOUN obj 2 | next ADJ amod 6 | "
        "week NOUN nmod:unmarked 4",
        "summit",
        "planned",
        ["next week"],
    ),
    "a coup attempt": (
        f"They PRON nsubj 2 | led:lead VERB root 0 {FIN} | a DET det 5 | coup NOUN compound 5 | attempt NOUN obj 2",
        "coup",
        "hypothetical",
        ["attempt"],
    ),
    "alleged": (
        f"They PRON nsubj 2 | condemned:condemn VERB root 0 {FIN} | an DET det 5 | alleged ADJ amod 5 | attack NOUN obj 2",
        "attack",
        "occurred",
        ["alleged"],
    ),
    "without, twice negated": (
        f"They PRON nsubj 4 | did:do AUX aux 4 | not PART advmod 4 | leave VERB root 0 {INF} | without SCONJ mark 6 | "
        "meeting:meet VERB advcl 4 VerbForm=Ger",
        "meeting",
        "occurred",
        [],
    ),
    "in a bid to": (
        f"They PRON nsubj 2 | fired:fire VERB root 0 {FIN} | in ADP case 5 | a DET det 5 | bid NOUN obl 2 | to PART mark 7 | "
        f"disperse VERB acl 5 {INF}",
        "disperse",
        "planned",
        ["bid"],
    ),
}


def texts(annotations: Annotations, word: str) -> tuple[str, list[str]]:
    status, cues = status_of(annotations, token(annotations, word))
    return status, [annotations.text[cue.start : cue.end] for cue in cues]


@pytest.mark.parametrize("name", CASES)
def test_status_and_cues(name: str) -> None:
    sentence, trigger, status, cues = CASES[name]
    assert texts(tree(sentence), trigger) == (status, cues)


def test_the_head_of_a_series_of_acts() -> None:
    annotations = tree("a DET det 2 | series NOUN root 0 | of ADP case 4 | raids:raid NOUN nmod 2")
    assert outer(annotations, annotations.tokens[3]).text == "series"
    assert outer(annotations, annotations.tokens[1]).text == "series"


def test_a_tree_that_runs_in_circles_ends() -> None:
    annotations = tree("a NOUN nmod 2 | series NOUN nmod 1 | of VERB xcomp 4 | raids VERB xcomp 3")
    for one in annotations.tokens:
        assert status_of(annotations, one)[0] in ("occurred", "planned", "hypothetical")
