/** Words that hold sentences together, by falling frequency. */
export const FUNCTION_WORDS = `the of and to a in is that for it as was with be by on not this are or his from
at which but have an had they you were there one all we can has when your if will each how more their so up other
about out many then them these some would into than its only new who may such no do should after first also any
like now most over between because through where much before must own while both still under same those does
until without within again never always often against during though every another`.split(/\s+/);

/** What the sentences are about: the everyday matter of help pages and reports. */
export const CONTENT_WORDS =
  `account access address agent answer area article balance battery board book border
branch bridge browser budget build button cable camera card case catalogue certificate change channel charge check
city claim class client clock code coffee colour column comment company computer condition contact content contract
control copy corner cost country course cover credit customer damage data date day deadline delivery department
deposit design detail device difference digital direction discount display distance document dollar door download
driver drawing edge editor effect email employee energy engine entry error estimate evening event evidence example
exchange expense expert export failure family farm feature field figure file filter finger fire flight floor folder
food form format forest frame freight friend function future garden gate glass goods government grade ground group
guide hand harbour hardware head health heat help history hospital hotel hour house image import income index industry
information insurance interest interview inventory invoice island issue item journey judge key kitchen knowledge label
labour language laptop law layer leader letter level library licence light limit line link list loan location lock
machine mail manager manual map market master material matter measure meeting member memory menu message metal method
middle minute mirror mistake model module money month morning motor mountain museum music name network night notice
number object office operator option order organ owner package page paint paper parcel parent park part partner
password payment people percent period permit person phone picture pilot pipe place plan plant plate platform player
point policy port position post power practice pressure price printer private problem process product profile program
project property protocol provider public purchase purpose quality quarter question queue radio railway rain range
rate reader reason receipt record refund region relation release rent repair reply report request research reserve
result return reward river road role roof room root route rule safety salary sale sample scale scene school science
screen search season seat second secret section sector security server service session share shelf shift ship shop
signal silver site size skill sleep soil solution source space speaker speed spring staff stage standard star state
station status steel step stock stone storage store storm story stream street strength student study subject summer
supply support surface system table target task tax team temperature term test text theatre thing ticket timber time
title token tool tower town track trade traffic train transfer transport travel treatment tree trial trip truck trust
tunnel union unit update user valley value vehicle version village visit voice volume wage wall warehouse warranty
water weather week weight wheel window winter wire wood word work worker world writer year zone
administration authentication availability compatibility configuration correspondence documentation environmental
identification implementation infrastructure intermediate international investigation manufacturer mathematical
notification organisation photograph pharmaceutical preservation professional recommendation registration
representative responsibility specification subscription telecommunication thermostat troubleshooting
unfortunately verification vulnerability`.split(/\s+/);

export const VERBS =
  `add allow apply arrive ask become begin believe bring call cancel carry choose claim clean
close collect compare confirm connect contain continue convert create cut decide deliver depend describe divide drop
enter expect explain extend fail fall fill find finish fix follow gain give grow happen hold improve include increase
install join keep know learn leave lose maintain make mean measure mention miss move need notice offer open pass pay
perform prepare prevent print protect prove provide pull push raise reach read receive record reduce refuse remain
remember remove rename repeat replace require reset restore rise run save see sell send separate serve set show sign
solve start stop store suggest suppose take tell test turn understand use wait want warn wash watch wear write`.split(
    /\s+/,
  );

/** Endings that English puts on words, and that a WordPiece vocabulary keeps as pieces. */
export const ENDINGS = ["s", "ed", "ing", "er", "ly", "ers", "al", "able", "ment", "ness", "less", "ful"];

const ONSETS = "b br c ch cl d dr f fl g gr h j k kl l m n p pr qu r s sh st t tr v w z".split(" ");
const VOWELS = "a e i o u ai ea io ou".split(" ");
const CODAS = ["", "", "", "n", "r", "l", "s", "t", "nd", "x"];

/**
 * A pronounceable word that is none: a stand-in for names and for the bulk of a vocabulary.
 * @param {import("./random.mjs").Random} random
 * @param {number} syllables
 */
export function inventedWord(random, syllables) {
  let word = "";
  for (let i = 0; i < syllables; i++) word += random.pick(ONSETS) + random.pick(VOWELS) + random.pick(CODAS);
  return word;
}
