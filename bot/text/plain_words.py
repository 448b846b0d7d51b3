"""Words of plain English that tell a sentence from a name: nobody's name holds one of them, however it is written.

The list is for telling apart, not for understanding: it need not be complete, since a text that is taken for no name is asked about
once more. It leaves out what is a name as well ("mark", "will", "grace", "foster"), and a test holds it to every example of a
disclosure in data/safeguarding: none of them may pass for a name.
"""

from __future__ import annotations

FUNCTION_WORDS = frozenset(
    "i i'm i've i'd i'll me mine myself we we're we've us our ours he's him his himself she's her hers herself you're your yours "
    "yourself it's its itself they they're them their theirs it this that that's these those there there's here who whose whom what "
    "what's which where where's when why how the some any each every all both half none nothing nobody noone someone somebody "
    "something anyone anybody anything everyone everybody everything one's other another else and&but but if because cos cause unless "
    "until till while since although though than then so's as at by for from into onto with without within about above below under "
    "over through between before after during against off out up down near upon away back again not never isn't aren't wasn't weren't "
    "don't dont didn't didnt doesn't doesnt won't wont can't cant cannot couldn't couldnt shouldn't wouldn't haven't havent hasn't "
    "hasnt hadn't is are was were been being am have has had having does did done doing would could should shall might must ought get "
    "gets got getting gonna going go goes gone went im ive id's ill's hes shes theyre theyve weve youre youve ur u r thats whats "
    "wheres whos theres too very really just only also still already even ever always often sometimes usually maybe perhaps probably "
    "now today tonight tomorrow yesterday soon later ago once twice please".split()
)
SMALL_TALK = frozenset(
    "yes yeah yep yup yea yh aye no nope nah naw nop ok okay kk sure fine alright allright right correct great good cool perfect "
    "brilliant lovely nice fab fair enough whatever dunno idk hmm hm um uh er erm oh ah hi hiya hello hey hullo morning afternoon "
    "evening bye goodbye cheers ta thanks thankyou thank sorry welcome pass skip next continue proceed carry on start stop quit exit "
    "cancel end begin wait hold hang help menu back undo test lol haha hahaha wow ready done sounds works course absolutely "
    "definitely exactly indeed agreed understood noted agree accept private anonymous confidential nevermind n/a na tbc unknown nil "
    "zero".split()
)
OF_FOSTERING = frozenset(
    "fostering fostered fosters carer carers caring care adopt adopted adopting adoption adoptive child child's children childrens "
    "kid kids kid's baby babies babys baby's toddler toddlers teenager teenagers teen teens twins newborn siblings boys girls girl "
    "boy placement placements respite kinship council social worker workers services service agency event events session visit visits "
    "appointment booking book money pay paid payment payments allowance allowances fee fees cost costs tax benefits rent renting "
    "landlord mortgage room rooms bedroom bedrooms house home homes flat homeless dog dogs cats pet pets smoke smoking smoker vape "
    "vaping training assessment approval panel dbs police criminal record conviction convictions caution health medical disability "
    "disabled religion faiths age ages old older years year-old job jobs work working worked retired volunteer volunteering lodgings "
    "school schools nursery teacher foster-carer foster-carers application apply applying applied process information info details "
    "question questions answer answers contact phone mobile number email address postcode form website chat chatbot bot robot human "
    "person people team staff manager complaint complain report lado".split()
)
FAMILY = frozenset(
    "mum mums mum's mummy mam mom dad dads dad's daddy parent parents mother father stepdad stepmum stepfather stepmother step son "
    "sons son's daughter daughters daughter's stepson stepdaughter brother brothers sister sisters nan gran grandma grandad granny "
    "grandmother grandfather grandson granddaughter grandchild grandchildren grandparents grandparent uncle auntie aunt cousin nephew "
    "niece husband hubby wife partner partner's boyfriend boyfriends girlfriend fiance fiancee ex exes bf gf neighbour neighbours "
    "neighbor friend friends mate mates family families relative relatives lodger bloke fella woman women man men stranger strangers "
    "teacher coach pupil adult adults babysitter childminder nanny".split()
)
OF_HARM = frozenset(
    "abuse abused abuser abuses abusing abusive accuse accused addict alcohol alcoholic alone allegation alleged arrest arrested "
    "arson assault assaulted assaults assaulting attack attacked attacking attacks awful bad bail bailed battered beat beaten beating "
    "beats bed belt belts bereaved bereavement bite bites bleach bleeding bomb bruise bruised bruises bruising bully bullied bullies "
    "bullying burgled burglary burn burned burning burns burnt charged charge choke choked chokes choking cigarette cocaine control "
    "controlled controlling controls cope coping court crime cruel cruelty cry crying curfew cut cuts cutting danger dangerous dead "
    "death deaths depressed depression die died dies dying dirty disclosure domestic drank drink drinking drinks drown drowning drug "
    "drugs drugged drunk embezzlement emergency empty evicted exploit exploited exploiting fear feel feeling feels fgm fight fighting "
    "fine fined fire fondled force forced forces forcing fraud frightened gang gangs grief grieving groom groomed grooming grope "
    "groped gun guns handcuffs hang hanging harass harassed harassment harm harmed harming harms hate hated hates heartbroken heroin "
    "hid hide hiding hit hits hitting horrible hungry hurt hurting hurts injured injury injuries ivf jail kick kicked kicking kicks "
    "kidnap kidnapped kill killed killing knife lewd lonely lose losing loss lost malicious manslaughter miscarriage miscarried "
    "molest molested molesting murder murdered naked neglect neglected neglecting neglects nonce offence offences offender overdose "
    "overdosed overdosing paedo paedophile pain pedo pills porn pregnant pregnancy prison probation prostitute prostitution punch "
    "punched punches punching rape raped rapes raping rapist refuge remand removed robbed robbery run runaway running sad safe unsafe "
    "safeguarding scared scary scream screaming screams self-harm selfharm self-harming sex sexual sexually shook shake shaking "
    "shoplifting shout shouting shouts shouted slap slapped slapping slaps smack smacked smacking smacks stab stabbed stabbing starve "
    "starved starving steal stealing steals stole stolen struggle struggling suicidal suicide survivor taken terrified threat "
    "threaten threatened threatening threatens threats throttled tired torture tortured touch touched touches touching trafficked "
    "trapped trauma trespass trial unconscious upset urgent vandalism victim violence violent vulnerable weapon weapons whip whipped "
    "worried worry worrying wound wounding yell yelling fuck fucking fuckoff shit bastard bitch cunt twat wanker idiot stupid rubbish "
    "useless dickhead prick arse arsehole slag slut moron crap bollocks".split()
)
COMMON = frozenset(
    "want wants wanted wanna need needs needed like likes liked think thinks thought know knows knew known say says said tell tells "
    "told ask asks asked asking talk talking talked speak speaking spoke rather prefer keep keeps kept make makes made take takes "
    "took see sees saw seen look looks looking looked find finds found come comes came coming let lets let's give gives gave given "
    "put puts use uses used try tries trying tried live lives living lived leave leaves leaving stay stays staying move moved moving "
    "happen happens happening happened mean means meant call calls called calling ring rings text texts texted send sent sending "
    "wrong true false same different new much many more most less least lot lots few little big small long-term short-term able "
    "unable interested interest possible important married single divorced widowed pensioner unemployed british english foreigner gay "
    "straight lesbian trans bisexual muslim hindu sikh jewish catholic busy happy excited nervous anxious unsure confused bored "
    "curious afraid angry ill sick poorly asleep awake name named names surname first last time times day days week weeks month "
    "months year years night weekend number none day-to-day thing things stuff way ways place places area county district village "
    "someone's today's".split()
)
# Of the questions, the answers and the small talk that people write here.
WRITTEN_HERE = frozenset(
    "abh abort abroad accent access accidental adhd adm admin adolescents advice advise affray agent aggravated ahead aids alcoholics "
    "allegations allowed alsatian ambulance anger annoyed anonymous antidepressants anxiety apart appealing apprenticeship asdf "
    "assistant asthma asylum atheist attempt authority autistic awkward babysitting background banana bankruptcy beep befriender "
    "beginners behaviour behavioural benefit binary bipolar birth bit blah bleed blind bloody borderline boundary boxer braille brawl "
    "breached break breaks bsl bullshit burglary burglery bus business callback cancer car carer ccj certificate changed character "
    "check checks cheerio cheque childless childminders childminding cigs cin citizen citizens city civil claim clean click collect "
    "commonwealth community complaints complete computer concurrency concurrent conditions consequences constable cookies counselling "
    "counsellor count couple couples cover credit cuckooed cupboards custody cya data dates deaf decision deed delegated delete "
    "dentist dept desperate diabetes diagnosed difficult dinner discipline disgusted disorder dla doctor dodgy down's dreading drivel "
    "driver driving drop dual dyslexia dyslexic early easy ectopic eight eighteen eleven employed employer enquiries enquiry enter "
    "esol estranged eu expecting expenses experience explain exposure eye ferrets ffa fibromyalgia fifteen fifty figures filming "
    "finance finish finished five fluent foi foreign foreigners forty fosterline four fourteen friday friendly frm furious gbh gdpr "
    "general git gotcha grade grades grammar granted greyhound ground groups gtg guard gujarati gypsies haircuts hairdresser hamster "
    "hearing hearted helo hgv hijabi hiv holiday holidays hols hopeless hospice hospital host hosting hours household housemates "
    "howdy ifa illiterate impartial import income indecent independent infertile inspection insurance interpreter interview irm "
    "jamaican jealousy jehovahs joke journalist kms knackered knee knives knock labradors lad lads language language-line large "
    "laters latest leader learning legal lesbians liars licence life limiting line link lip lizards locksmith lorem loser lunchtime "
    "mainstream meaning media medicine meds meeting meltdowns member mentoring migrated mileage minimum minors mistakes mmm mocking "
    "mockingbird monday muppet muslims my namaste national nationality needle neither nephews newbie newly newlyweds newspaper nieces "
    "nine nineteen nits non non-binary non-parents nonbinary nose null numpty nurse occasions ocd offenders office officer ofsted "
    "ombudsman one online order override ownership paediatric paintball paperwork paramedic parrot partnership past pause pence "
    "pension pensioners pensions per permanence permit personal personality phobic photos piercing pillock pistol pistols plan "
    "planning plasterer play plo pls plumber plus plz policy polish pool positive posting prat pregnancy preparation pretty privacy "
    "problems procedure programme project protection protocol proud ptsd purple qcr qualified query quick qwerty race racially racism "
    "radio ran rates rating reader receive recovered recovery ref references refugee register reimbursed relapse release relevant "
    "relief renewal reporter request rescue researcher resident restraining result retainer review rights romanian rottweiler rules "
    "sat saturday scheme schemes screen scrutiny seats security seekers select self selfemployed sentence separated sergeant seven "
    "seventeen shared shotgun shy sibling sick-note sitting six sixteen skint sleepovers slightly smashing smokers snakes sober "
    "social-worker soft sos speaker special specialist speeding spell spokesperson sponsorship squeaky ssw staffie standards "
    "statement statistics status steriliser stroke student stupidity subject sudo sunday super supervision supervisor support "
    "supported suspended syndrome syrians system tagalog taking taxi tbh teaching telephone ten tenants terrorism testing theft "
    "released investigation investigated cannabis weed plants greenhouse therapist therapy thinking thirteen thirty three thresholds "
    "thursday thx tick tiers timescales timetable tock tosser total tracking trampolines transfer translator traveller tree tsd "
    "tuesday twelve twenty twin twitcher two types tysm uasc uc ukrainian unaccompanied undefined uni unmarried upper vacancies vapes "
    "vegetarian version vetting vicar visa visitor visitors vote wage wednesday whoami widow widows withdrew witness witnesses "
    "wonderful wondering xx youthful".split()
)
# Words that stand in names as well, where every word has a capital and another one is beside them: "He Jiankui", "Kate Good".
ONLY_WITH_CAPITALS = frozenset(
    "a an he she my you do so to no or on in be am of if we is are see go old good fair small little day weeks english home house hurt "
    "pain fine force child boys friend burns long oh ah".split()
)
# Words for help in other letters: a cry for it is no name.
HELP_IN_OTHER_LETTERS = frozenset(
    "помогите помощь спасите допоможіть допомога рятуйте 救命 救我 帮助 帮我 "
    "幫助 مساعدة ساعدوني ساعدني النجدة مدد کمک ਮਦਦ मदद बचाओ મદદ બચાવો "
    "সাহায্য উதவி உதவி βοήθεια".split()
)
# Some surnames are ordinary words: they stand last, behind a name that is none, each with a capital ("Sue Driver").
MAY_STAND_LAST = (WRITTEN_HERE | COMMON) - FUNCTION_WORDS - OF_HARM - FAMILY
NO_NAME_HOLDS = (
    FUNCTION_WORDS | SMALL_TALK | OF_FOSTERING | FAMILY | OF_HARM | COMMON | WRITTEN_HERE | HELP_IN_OTHER_LETTERS
) - ONLY_WITH_CAPITALS
