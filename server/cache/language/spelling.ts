import { isCommonWord } from '../../core/lexicon.ts'

const BRITISH = `
colour color|favour favor|favourite favorite|behaviour behavior|neighbour neighbor|neighbourhood neighborhood|
honour honor|labour labor|harbour harbor|humour humor|flavour flavor|rumour rumor|vapour vapor|armour armor|
odour odor|savour savor|tumour tumor|endeavour endeavor|centre center|theatre theater|fibre fiber|litre liter|
metre meter|calibre caliber|catalogue catalog|dialogue dialog|analogue analog|programme program|defence defense|
offence offense|licence license|grey gray|cheque check|tyre tire|kerb curb|plough plow|jewellery jewelry|
aluminium aluminum|mum mom|cosy cozy|travelled traveled|travelling traveling|traveller traveler|cancelled canceled|
cancelling canceling|labelled labeled|labelling labeling|modelled modeled|modelling modeling|fuelled fueled|
enrol enroll|fulfil fulfill|skilful skillful|instalment installment|paediatric pediatric|anaesthesia anesthesia|
anaemia anemia|diarrhoea diarrhea|oestrogen estrogen|haemoglobin hemoglobin|orthopaedic orthopedic|
leukaemia leukemia|foetus fetus|manoeuvre maneuver|aeroplane airplane|ageing aging|judgement judgment|
acknowledgement acknowledgment|analyse analyze|paralyse paralyze|learnt learned|burnt burned|dreamt dreamed|
whilst while|amongst among|towards toward|afterwards afterward|backwards backward`
const SHORT = `
okay ok|versus vs|information info|yeah yes|yep yes|yup yes|nope no|tho though|jan january|feb february|aug august|
sept september|sep september|oct october|nov november|dec december|apr april|mon monday|tue tuesday|tues tuesday|
wed wednesday|thu thursday|thur thursday|thurs thursday|fri friday`
/** Slips too short or too far from the word to be found by rule. */
const MISTYPED = `
teh the|adn and|waht what|hwat what|whta what|wich which|whcih which|wehn when|wher where|wiht with|taht that|
thsi this|ahve have|hvae have|fomr from|yuor your|yuo you|konw know|becuase because|recieve receive|
definately definitely|seperate separate|untill until|beleive believe|adress address|acn can|deos does`
const FOLDED = new Map(
  [BRITISH, SHORT, MISTYPED]
    .flatMap((table) => table.replaceAll('\n', '').split('|'))
    .map((pair) => pair.split(' ') as [string, string]),
)
const ISE = /^(.{3,})(?:is)(e|ed|er|ers|es|ing|ation|ations)$/

/** One spelling for words that have several: American, and in full. Takes small letters. */
export function foldSpelling(word: string): string {
  const folded = FOLDED.get(word)
  if (folded !== undefined) return folded
  const plural = word.endsWith('s') ? FOLDED.get(word.slice(0, -1)) : undefined
  if (plural !== undefined && word.length > 4) return `${plural}s`
  const [, stem, ending] = word.length > 5 ? (ISE.exec(word) ?? []) : []
  return stem !== undefined && isCommonWord(`${stem}iz${ending}`) ? `${stem}iz${ending}` : word
}
