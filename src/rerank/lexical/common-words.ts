/**
 * The thousand most common English stems, commonest first, separated by spaces. Counted as the share of
 * texts that hold a stem, in three collections apart (encyclopaedia paragraphs, answers from question and
 * answer sites, textbook sections; the first 700 characters of each text), and ordered by the geometric
 * mean of the three shares, so that a word has to be common everywhere to stand here.
 */
export const COMMON_STEMS =
  "the and of a to in is for that as on it with by s are an from be or this which hav at not one was " +
  "can but also has other they when their all mor you tim ther som first about stat its wil two most " +
  "into new if i includ such who use what work thes only would may than lik mak used so many been " +
  "between follow up how after do wer t then bas wher no peopl her them out wel sam cal system year " +
  "over each whil exampl way becaus any end both through had number creat part however chang being nam " +
  "tak we com different unit set need form dur known he his sinc provid result using d see group world " +
  "found doe produc thre proces befor should mean just mad show help your run often rol second good m " +
  "start typ plac get american could thos releas very point best term even describ much high singl " +
  "another long consider day level now own find allow sit within cas right servic play several e c " +
  "think abl question featur liv caus link giv b area don becom requir around under support common larg " +
  "list mov look history open issu build human develop problem function lead general contain refer smal " +
  "given want important lin although relat order u back without down community increas stil control " +
  "production main last did us company specific car great usually few off try effect country defin due " +
  "receiv lif learn member every occur interest clos development appear public body involv program " +
  "major les sourc information later begin similar experienc clas serv act must current know our water " +
  "explain valu present study student research why person might model various action test say answer " +
  "forc early team non along ad section book thing ask exist until against four plan either go product " +
  "fil sometim hom post structur possibl sid n shar titl rat perform power per g individual accord " +
  "practic availabl short event my old fre direct sery pas rul design onc amount written limit better " +
  "los idea record theory top reason though re view low return environment key school war understand " +
  "read local stag law word littl certain together original too languag instead remain total network " +
  "least focus field writ method left apply version keep respons suggest data among project believ stor " +
  "acros reach standard rather measur job depend differenc o turn seem policy multipl feel identify " +
  "continu determin abov period factor lower complet third she acces generally step next region " +
  "represent real family seen age cours center alway reduc music p market particular leav especially " +
  "scienc condition cover resourc rang siz hand thus put associat fact discus account approach separat " +
  "health century review far national host head someth consist offer social whit compos whether addres " +
  "manag busines light below typically referenc week happen final tru imag higher ful http hold " +
  "material activity university spac sign addition concept vot via fiv l let enough cost food r self " +
  "air prevent regard report cod thought government remov further fal already enter goal affect itself " +
  "million physical today f exchang month h maintain simpl computer city popular primary ability decid " +
  "introduc tool said me hour complex connect tel directly central fac currently establish achiev " +
  "cultur dat attempt compar element locat expect train publish actually simply detail likely improv " +
  "english technology cel toward special never application black component upon volum natural futur " +
  "organization solution won basic performanc becam sound gam away position going situation location " +
  "concern additional deal education averag story again built previous population past figur modern " +
  "purpos outsid matter client block property variety mark activ content almost quality rest x generat " +
  "assum subject significant sens grow meet big break energy articl half hop potential ever " +
  "professional video operation clear check therefor hard decision accept cam management him influenc " +
  "took output effort win kind co insid gain vary styl party privat pric someon cros hous south " +
  "contract lat carry red branch mention indicat overal fail operat promot recent object children " +
  "personal status pressur taken commonly strong longer whol agent john rais combin length extend " +
  "replac economic primarily bring topic stop colleg teach benefit secret select lack cannot probably " +
  "command near middl label scal sav pay shown pag challeng task machin temperatur america larger " +
  "target relationship society color chain particularly minut behavior web doing heart themselv succes " +
  "international user risk avoid text yet al supply track choic shap money divid surfac join north w " +
  "mix death necessary direction v positiv friend ve pattern cycl k security trad knowledg flow " +
  "character political instanc layer recogniz natur industry root critical whos official contribut " +
  "definition ground advanc j land propos sel difficult british reaction throughout entir connection " +
  "global match mostly demand impact tabl ris fix movement earlier useful normal search stand pictur " +
  "plant option aspect deriv six ensur spend goe mas really spe visit doubl de techniqu began balanc " +
  "degre man relatively net convert eventually regular animal specifically mind lov wal behind young " +
  "successful art org paper led claim quickly nativ charg discover smaller greater lost manager copy " +
  "expand quit www analysis perhap protect held implement equal initial coupl input negativ originally " +
  "parent websit internal previously lot york buy blood am principl highly historical driv chemical " +
  "former context basis wid transfer hit brain choos talk tend discussion east category association " +
  "push traditional ii hot offic recently treat star expres weight pair born evidenc fit author " +
  "department intend cor child th ago majority independent earn sequenc drink march enabl credit phas " +
  "west earth exercis memory conflict worker add estimat drug encourag prior nation cut growth " +
  "alternativ january distribut guid attention advantag despit combination green easy mechanism origin " +
  "piec statement variabl nearly etc bad strategy recommend acid watch bil responsibl travel appropriat " +
  "skil media europ approximately kil channel except distribution older rac drop perspectiv actual went " +
  "easily devic updat largest prepar gas german decreas master speak characteristic women french " +
  "introduction fund eye count division cultural alcohol soon diseas mis generation import stay chapter " +
  "highest frequently blu calculat remember";
