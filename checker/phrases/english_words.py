"""Lists of English words by what they may be in a noun phrase; no work is done here."""

from __future__ import annotations

DETERMINERS = frozenset(
    "a an the this that these those its their our his her my your it them us him me you they we he she who whom "
    "whose each every some any all both no".split()
)
"""Before them and after a noun stands a verb; pronouns among them."""

FUNCTION = frozenset(
    "about above according across after again against ago along already also although always among amid and are "
    "around as at away back be because been before being below between beyond but by can cannot could did do does "
    "doing done down due during either else especially even ever few for from further furthermore had has have "
    "having here hence how however i if in including instead into is just least less let like many may might "
    "moreover more most much must namely nearly neither never nor not now of off often on once one only onto or "
    "other others otherwise out outside over per quite rather regarding same shall should since so some soon still "
    "such than then there therefore through throughout thus till to together too toward towards two three four five "
    "six seven eight nine ten under unless until up upon very via was were what whatever when where whereas whether "
    "which while why will with within without would yet etc".split()
)
"""Other words that only join."""

VERBS = frozenset(
    "agree aim allow apply appoint ask become begin believe belong bring buy call come compile comply concern "
    "consider consist contain continue create decide deliver depend derive emerge enable enjoy enroll enter expect "
    "explain face fall feel find get go grow happen hear hire hope imply inform invest invite join keep know lay "
    "learn leave listen live look lose make mean meet move obtain occur offer pay persuade prefer prepare produce "
    "prove pull push reach read receive recognize recommend recruit reflect relate remain remember remove replace "
    "resolve restore result retain return reveal run say see seek seem sell send show sit solve speak spend stand "
    "start stay stop submit suffer suggest suit take talk tell tend think touch try turn understand undergo "
    "undertake undertook visited wait walk want warn welcome wish write rectify safeguard accept acquire adapt "
    "address afford announce answer appear approve assist assume attend attract cease cancel collect communicate "
    "compete complain compose concentrate confirm connect constitute correct cover deal declare define demonstrate "
    "deny describe deserve determine differ disclose discuss distribute divide earn embody emphasize employ entrust "
    "exclude exist facilitate finish fix force generate highlight identify illustrate inherit inspect intend "
    "investigate involve liberate link mention necessitate note observe occupy oppose overcome possess pour praise "
    "prohibit promise propose punish quicken realise recall reject release relieve repeat represent resist rest "
    "restrict satisfy save select separate share sign smooth specify spread standardise stipulate strive struggle "
    "supplement surround survive tackle tap transform treat unify unite update upload urge value violate".split()
)
"""Verbs in the base form that are hardly ever nouns; those of policy prose are in `checker.rules.clause_verbs`."""

NOUNS_TOO = frozenset(
    "control guide help increase issue lead play practice reform support study use set advance focus respect train "
    "upgrade win hold open complete perfect combine start stop return result offer look visit move stand address "
    "answer force link share value update supplement concern correct note release rest save sign spread touch turn "
    "talk deal fix fall live separate read run walk cover invite hope wish regulate select".split()
)
"""Verbs that are nouns or adjectives as well."""

NOUNS_IN_ING = frozenset(
    "nursing training testing screening pricing planning financing monitoring counseling counselling purchasing "
    "funding building learning teaching aging ageing living working operating billing imaging sequencing rating "
    "ranking housing marketing manufacturing accounting auditing clearing pooling sharing meeting hearing "
    "well-being engineering breastfeeding smoking spending saving setting prescribing dispensing contracting "
    "staffing warning reporting grading bidding tendering networking processing recycling consulting catering "
    "booking parking cleaning".split()
)
"""Words in -ing that name something."""

EMPTY_FIRST = frozenset(
    "relevant related various certain different specific concrete important significant main new good better best "
    "great greater large larger largest big small smaller high higher highest low lower lowest actual current "
    "existing corresponding respective overall entire whole own strong stronger effective efficient reasonable "
    "appropriate necessary possible additional several next last previous following first second third true real "
    "full wide deep long short early late old young numerous considerable remarkable obvious outstanding clear "
    "close aforementioned above-mentioned so-called etc recent future past able unable available likely general "
    "total huge such another today tomorrow yesterday this-year non well aforesaid further timely january february "
    "march april june july august september october november december monday tuesday wednesday thursday friday "
    "saturday sunday".split()
)
"""Words that say nothing at the beginning of a phrase."""

EMPTY_LAST = frozenset(
    "way ways time times year years month months week weeks day days hour hours minute minutes thing things lot "
    "lots kind kinds example examples part parts number numbers percent aspect aspects situation situations result "
    "results problem problems reporter reporters today yesterday tomorrow etc one ones other others same end "
    "beginning course sense fact case cases place places people person persons yuan".split()
)
"""Words that say nothing at its end."""

NOUNS_ALL_THE_SAME = frozenset(
    "patient student parent accident agent talent client incident department document equipment government "
    "management treatment development improvement investment payment element moment environment settlement "
    "assessment reimbursement procurement content component event percent president resident ingredient consent "
    "extent intent deficient inpatient outpatient incentive initiative objective perspective collective executive "
    "representative preservative directive alternative narrative archive hospital professional individual official "
    "potential material capital personal trial credential memorial clinic topic public traffic epidemic pandemic "
    "logistic mechanic critic music diagnostic antibiotic characteristic medic salary library dictionary summary "
    "secretary boundary beneficiary pharmacy subsidiary infirmary assistant consultant accountant applicant "
    "participant grant plant infant restaurant descendant implant transplant pattern concern modern table vegetable "
    "consumable variable deliverable enhancement movement supplement instrument experiment judgment arrangement "
    "requirement placement agreement announcement enrollment employment deployment empowerment commitment "
    "adjustment establishment achievement involvement encouragement engagement replacement retirement statement "
    "segment amendment appointment apartment compartment encroachment endowment fulfillment harassment "
    "implementation infringement installment measurement ornament parliament refinement refreshment regiment "
    "shipment testament tournament township county reward forward award ward bed hospital-bed sickbed watershed "
    "shed".split()
)
"""Nouns with the ending of an adjective."""

MASS = frozenset("logistics economics sports news diagnostics physics ethics statistics paediatrics pediatrics".split())
"""Nouns in -s that stand before nouns."""
