"""Which acts are found in a line and what status they have, through the real model. All lines are made up."""

from __future__ import annotations

import pytest

from dragoman.reading.entries import Reading
from dragoman.reading.read import Reader

FOUND = {
    "texts demand": ("Parliament passed a bill calling for sanctions against Belarus.", "calling", "REQUEST", "occurred"),
    "texts urge": ("The statement urged both sides to release prisoners.", "urged", "REQUEST", "occurred"),
    "a banner demands": ("Marchers carried banners demanding the resignation of the mayor.", "demanding", "REQUEST", "occurred"),
    "a request of": ("The envoy flew to Kabul at the request of President Karzai.", "request", "REQUEST", "occurred"),
    "bargaining": ("Wage bargaining between the railway and the drivers collapsed.", "bargaining", "CONSULT", "occurred"),
    "stoppage": ("Ninety flights were cancelled in a stoppage by pilots.", "stoppage", "PROTEST", "occurred"),
    "counts of a crime": ("Sergeant Miller faces six counts of murder.", "faces six counts", "ACCUSE", "occurred"),
    "trade barred": ("The draft would have barred trade with Iran.", "barred", "SANCTION", "hypothetical"),
    "not recognised": ("The EU does not recognise the outcome of the referendum.", "recognise", "SUPPORT", "denied"),
    "a radio is a thing": ("The gunmen seized a vehicle and a communication radio.", "seized", "COERCE", "occurred"),
    "expelled people": ("Bhutan expelled thousands of ethnic Nepalese.", "expelled", "COERCE", "occurred"),
    "a dismissed minister": ("The president fired Roland Mbeko on Tuesday.", "fired", "SANCTION", "occurred"),
    "handed to the police": ("The suspect was arrested by the army and handed over to the police.", "handed", "COERCE", "occurred"),
    "attempt under accusation": ("The mission accused the rebels of attempting to attack a convoy.", "attack", "ASSAULT", "hypothetical"),
    "door": ("The airline said it kept the door open for dialogue with the pilots.", "dialogue", "CONSULT", "hypothetical"),
    "during a visit ahead": ("During her visit to Ghana, the minister will sign a trade deal.", "visit", "CONSULT", "planned"),
    "at talks ahead": ("During their meeting the two presidents are expected to discuss the border.", "meeting", "CONSULT", "planned"),
    "ready if": ("The army is ready to end the truce if the rebels attack.", "end the truce", "SANCTION", "hypothetical"),
    "letter to come": ("Four newspapers will print a letter asking the premier to resign.", "asking", "REQUEST", "planned"),
    "are to have": ("The two envoys are to have a meeting on Monday.", "meeting", "CONSULT", "planned"),
    "summoned to hear": ("The minister summoned the ambassador to lodge a complaint.", "lodge a complaint", "ACCUSE", "planned"),
    "condolences offered": ("The mourners offered their condolences to the widow.", "condolences", "SUPPORT", "occurred"),
    "protected from": ("Walls protect the village from attacks by the militia.", "attacks", "ASSAULT", "hypothetical"),
    "no decision on": ("No decision had been taken on the release of the prisoners.", "release", "RETREAT", "denied"),
    "right to order": ("He said he was right to order the invasion.", "order", "REQUEST", "occurred"),
    "a warning of an act": ("The government warned that looters would be prosecuted.", "warned", "THREATEN", "occurred"),
    "will try": ("The governor vowed to try to free the prisoners.", "free", "RETREAT", "promised"),
    "remain on strike": ("The dockers remain on strike.", "strike", "PROTEST", "ongoing"),
    "aid freeze": ("The European Union imposed an aid freeze on the government.", "freeze", "SANCTION", "occurred"),
    "called for it to be done": ("The mayor called for peace to be restored.", "called", "REQUEST", "occurred"),
    "until": ("He called on them to fight on until the withdrawal of foreign troops.", "withdrawal", "RETREAT", "hypothetical"),
    "people of no name": ("Landowners have refused to sign the lease.", "refused", "REJECT", "occurred"),
    "a clause behind a comma": ("The president announced a reshuffle, dismissing three ministers.", "dismissing", "SANCTION", "occurred"),
    "bounty": ("The army offered a bounty for information leading to the arrest of the rebel leader.", "arrest", "COERCE", "hypothetical"),
    "failed in efforts": ("The police have failed in repeated efforts to arrest the gunmen.", "arrest", "COERCE", "denied"),
    "will make efforts": ("Both governments will make efforts to release the prisoners.", "release", "RETREAT", "planned"),
    "announced talks": ("The mayor welcomed the peace talks announced on Monday.", "talks", "CONSULT", "planned"),
    "due to end": ("A declaration is expected to be adopted at the summit, due to conclude on Friday.", "summit", "CONSULT", "ongoing"),
    "came out to protest": ("Thousands took to the streets to protest against the new tax.", "protest", "PROTEST", "occurred"),
    "joining what is planned": ("The minister may join a demonstration planned for Saturday.", "demonstration", "PROTEST", "planned"),
    "should he": ("Should he run for president, we shall demand an inquiry.", "demand", "REQUEST", "hypothetical"),
    "vowed violence": ("The militia has vowed to attack the capital.", "attack", "ASSAULT", "threatened"),
    "a tour that will": ("During the African tour, President Mbeki would hold talks with the rebels.", "tour", "CONSULT", "planned"),
    "a named summit": (
        "Mr Okello made the remarks at the opening of the Nairobi Summit of African leaders.",
        "Summit",
        "CONSULT",
        "ongoing",
    ),
    "a conference between": (
        "It was the first contact since a conference between Mr Okello and Mr Diallo.",
        "conference",
        "CONSULT",
        "occurred",
    ),
    "forged ties": ("Ghana and Peru forged diplomatic ties in 1971.", "forged diplomatic ties", "SUPPORT", "occurred"),
    "one act in verb and noun": ("The two countries cemented their cooperation.", "cemented", "COOPERATE", "occurred"),
    "a convention": ("Norway is set to adopt the convention.", "adopt", "SUPPORT", "planned"),
    "troops that return": ("The minister welcomed the return of the troops from Mali.", "return", "RETREAT", "occurred"),
    "house raids": ("Soldiers raided the home of a businessman.", "raided", "COERCE", "occurred"),
    "stern action": ("The government warned that stern action would be taken against smugglers.", "warned", "THREATEN", "occurred"),
    "asked not to do": ("The union asked the drivers not to be drawn into the dispute.", "asked", "REQUEST", "occurred"),
    "said to have been sought": ("The firm denied allegations that it sought to bribe officials.", "allegations", "ACCUSE", "occurred"),
    "hoped of others": ("The envoy said he hoped the rebels would release the hostages.", "release", "RETREAT", "hypothetical"),
    "needed to do": ("The mayor said the ministry needed to do more to help refugees.", "help", "AID", "demanded"),
    "blamed for ordering": ("The general is accused of ordering the killings of ten farmers.", "killings", "ASSAULT", "occurred"),
    "asked why": ("Asked why the troops had left, the general smiled.", "left", "RETREAT", "occurred"),
    "against doing": ("China warned Norway against receiving the Dalai Lama.", "warned", "THREATEN", "occurred"),
    "talks that were wrecked": ("Norway torpedoed talks with Chile.", "talks", "CONSULT", "cancelled"),
    "pressure to go": ("International pressure grew on President Mbeki to leave office.", "pressure", "REQUEST", "occurred"),
    "opposed to": ("Germany was opposed to the invasion.", "opposed", "ACCUSE", "occurred"),
}
ABSENT = {
    "a warning of no act": ("The minister warned that prices would rise.", "warned"),
    "violation of a truce": ("The statement called the shelling a violation of the ceasefire.", "ceasefire"),
    "refusal that is none": ("The general has not ruled out air strikes against the militia.", "ruled"),
    "a press release": ("The marines' initial press release was wrong.", "release"),
    "asked whether": ("Asked whether the bank had paid, the manager smiled.", "Asked"),
    "a storm warning": ("The observatory issued yellow fog warnings on Monday.", "warnings"),
    "forced to adopt": ("If the island declares independence, we will be forced to adopt other measures.", "forced"),
    "targeted for": ("Ten companies were targeted for sanctions.", "targeted"),
    "name-calling": ('"He must go," the minister said, calling him "a creature of history".', "calling"),
    "killed himself": ("The bank's treasurer killed himself on Monday.", "killed"),
    "called a milestone": ("Russia on Monday called the referendum a milestone.", "called"),
    "a principle": ("To strengthen cooperation with our neighbours is a principle of our policy.", "strengthen"),
    "an example": ("The report gives standards in areas such as testing, sanctions and appeals.", "sanctions"),
    "a reputation": ("Norway is recognised around the world as a leader in the field.", "recognised"),
    "closed shops": ("Banks and schools will remain closed because of the strike.", "closed"),
    "forced to quit": ("The treasurer has been forced to quit his post.", "forced"),
    "the demand of a march": ("Nurses marched on parliament to demand higher pay.", "demand"),
    "a field of work": ("The two countries agreed to improve collaboration in drug investigations.", "investigations"),
    "a meeting to be held": ("Mr Okello will attend the leaders' meeting to be held in Accra.", "held"),
    "a name withheld": ("A nurse, who asked not to be named, said that the ward was full.", "asked"),
    "an identity withheld": ("A clerk who declined to be identified said that the files were lost.", "declined"),
    "money in aid": ("Japan pledged 20 million dollars in aid to Yemen.", "aid"),
}


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    lines = [row[0] for row in FOUND.values()] + [row[0] for row in ABSENT.values()]
    return dict(zip(lines, Reader().read_many(lines), strict=True))


@pytest.mark.parametrize("name", FOUND)
def test_the_act_is_found_with_its_status(name: str, readings: dict[str, Reading]) -> None:
    line, trigger, kind, status = FOUND[name]
    told = [(line[e.trigger.start : e.trigger.end], e.type, e.status) for e in readings[line].events]
    assert (trigger, kind, status) in told


@pytest.mark.parametrize("name", ABSENT)
def test_no_act_at_the_word(name: str, readings: dict[str, Reading]) -> None:
    line, word = ABSENT[name]
    assert word not in [line[e.trigger.start : e.trigger.end] for e in readings[line].events]
