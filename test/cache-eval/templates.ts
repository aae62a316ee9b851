import type { Generator } from './sets.ts'
import type { Pools } from './slot-edits.ts'
import { VARIANTS } from './surface-variants.ts'

/**
 * Questions with places to change. `{place}` takes a value of that pool; `{negation:can|cannot}` takes one of what it
 * lists, and names the kind of the edit that takes another one. Where a pool comes twice, the two values are swapped as
 * well, unless the question ends with `~`: there either order asks the same.
 */
const TEMPLATES = `
How long does a refund to {card} take?
Can I return a {product} after {number} days?
{question:Where|When|How} can I pick up order {code}?
How do I {opposite:enable|disable} two-factor authentication on {system}?
What is the warranty on the {product}, and does it {negation:cover|not cover} water damage?
Why was I charged {money} {opposite:twice|once} on {date}?
My {product} arrived {negation:with|without} a charger, what should I do?
How do I move my subscription from {system} to {system}?
Do you ship {product}s to {place}?
What happens if I cancel {comparison:before|after} {date}?
How much is the fee for {number} seats on the {plan} plan?
{question:Who|When|Why} approved the discount for {name}?
What is the cheapest flight from {place} to {place}?
How far is {place} from {place} by {transport}?~
Do I need a visa to travel from {place} to {place}?
What is the weather like in {place} in {month}?
{question:When|Where|How} does the {transport} to {place} leave on {weekday}?
Is the {comparison:first|last} train to {place} on {weekday} at {time}?
How many {unit} is it from {place} to {place}?~
Is it safe to drink tap water in {place}?
Which hotels in {place} cost {comparison:less|more} than {money} a night?
What documents does {name} need to enter {place} with {number} children?
How long can {name} stay in {place} {negation:with|without} a visa?
What is {number} {currency} in {currency}?
Convert {number} {unit} to {unit}.
How much interest does {money} earn at {percent} over {number} years?
Should I {opposite:buy|sell} shares of {company} {comparison:before|after} {date}?
Is {company} a better investment than {company}?
What was the revenue of {company} in {year}?
Did {company} {opposite:increase|decrease} its dividend in {year}?
What is the tax on {money} of {opposite:income|losses} in {place}?
Who {opposite:borrowed|lent} {money} {opposite:from|to} {name}?
What is the {comparison:maximum|minimum} contribution to a pension in {year}?
Can I withdraw {money} {negation:with|without} paying a penalty?
Can I take {drug} together with {drug}?~
What is the {comparison:maximum|minimum} dose of {drug} for a child of {number} years?
Should {drug} be taken {comparison:before|after} meals?
Is {drug} stronger than {drug}?
What are the side effects of {number} {dose} of {drug}?
Can patients with {disease} {negation:take|not take} {drug}?
How do I switch a patient from {drug} to {drug}?
Does {disease} cause {symptom}, or does it {opposite:lower|raise} blood pressure?
How many hours {comparison:before|after} surgery should I stop eating?
What are the early signs of {disease} in {opposite:men|women}?
Is {disease} {negation:contagious|not contagious}?
How many vacation days does {name} have left in {year}?
Who reports to {name} in the {place} office?
Can I carry over {number} days of leave {comparison:before|after} {month}?
What is the notice period {comparison:during|after} probation?
How do I {opposite:hire|dismiss} an intern in {place}?
Does {name} report to {name}?
When does the contract of {name} end?
What is the salary range for a {job} in {place}?
Are employees {negation:allowed|not allowed} to work from {place}?
How do I sort a list of {number} items in {language}?
How do I convert a {language} script to {language}?
What is the difference between {language} {number} and {language} {number}?~
Why does my {language} program {negation:compile|not compile} on {system}?
How do I {opposite:add|remove} a column with {system}?
What is the time complexity of inserting {number} elements into a {structure}?
Is {language} faster than {language}?
How do I import data from {system} into {system}?
How do I {opposite:encrypt|decrypt} a file with {system}?
Is a {structure} {comparison:faster|slower} than a {structure} for {number} lookups?
What is {number} divided by {number}?
What is {number} minus {number}?
What is {percent} of {number}?
Solve for x: {small}x + {small} = {small}
Is {number} {comparison:greater|less} than {number}?
What is the {comparison:smallest|largest} prime above {number}?
How many {unit} are in {number} {unit}?
Can a {party} terminate the lease {comparison:before|after} {date}?
Does the {party} owe {money} to the {party}?
Must {name} pay {name} {money} by {date}?
Is a contract signed by {name} {negation:valid|not valid} in {place}?
What is the statute of limitations for {crime} in {place}?
{question:Who|When|Where} can {name} appeal the decision of {date}?
Can a {party} be sued {negation:with|without} a written contract in {place}?
Who wrote {book}, and {question:when|where} was it published?
Did {name} {negation:ever|never} work for {company}?
Translate the letter of {name} from {tongue} into {tongue}.
Write a poem about {place} for {name}.
{question:Who|Where} is {name}?
Does {name} still live in {place}, or does she {negation:live|no longer live} there?
`
  .trim()
  .split('\n')

/** What can stand in each place; the kind of edit that changes it. */
const POOLS: Pools = {
  card: pool('name', 'Visa|Mastercard|Amex|PayPal|Maestro'),
  product: pool('name', 'laptop|tablet|phone|printer|camera|keyboard|router'),
  number: pool(
    'number',
    '2|3|5|7|12|15|30|45|60|100|250|1,000|1,500|four|six|eight|eleven|thirteen|twenty-one|fifty-five|two hundred',
  ),
  small: pool('number', '2|3|4|5|6|7|8|9|11|13'),
  code: pool('number', 'A1042|A1043|B2210|C7781|C7718'),
  system: pool('name', 'Linux|Windows|macOS|Postgres|MySQL|SQLite|MongoDB|Salesforce|HubSpot|GitHub|GitLab'),
  money: pool('number', '$20|$200|$250|$1,200|€20|€250|50 dollars|90 dollars|75 euros|£40|£400'),
  date: pool(
    'date',
    'May 1|May 11|March 3, 2024|March 3, 2025|Monday|Tuesday|tomorrow|yesterday|next week|next month|12/05/2024|5 June|6 June',
  ),
  weekday: pool('date', 'Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday'),
  month: pool('date', 'January|February|March|April|May|June|July|August|October|December'),
  year: pool('date', '1999|2008|2018|2019|2020|2022|2023|2024'),
  time: pool('date', '5pm|6pm|5am|10:30|11:30|18:45|noon|midnight'),
  plan: pool('name', 'Basic|Pro|Team|Enterprise'),
  name: pool(
    'name',
    'Anna Larsen|Hanna Larsen|Anna Larson|John Miller|Joan Miller|Jon Millar|Maria Silva|Mario Silva|Peter Hansen|Peter Jansen|Priya Patel|Pria Patel|Omar Haddad|Li Wei|Li Wen|Sarah Cohen|Sara Kohen',
  ),
  place: pool(
    'place',
    'Paris|Rome|Austria|Australia|Iran|Iraq|Berlin|Dublin|Lublin|Austin|Boston|Houston|Niger|Nigeria|Slovakia|Slovenia|New York|New Jersey|Tokyo|Kyoto|Mali|Malta',
  ),
  transport: pool('name', 'train|bus|plane|ferry'),
  unit: pool('unit', 'kilometers|miles|meters|feet|hours|minutes|kilograms|pounds|liters|gallons|grams|milligrams'),
  dose: pool('unit', 'mg|ml|mcg|g'),
  currency: pool(
    'unit',
    'US dollars|euros|pounds|yen|Swiss francs|Canadian dollars|Australian dollars|rupees|kronor|kroner',
  ),
  percent: pool('number', '5%|15%|50%|1.5%|2 percent|12 percent|0.5%'),
  company: pool('name', 'Apple|Amazon|Tesla|Toyota|Siemens|Samsung|Intel|Nvidia|Novartis|Novavax'),
  drug: pool(
    'name',
    'ibuprofen|paracetamol|aspirin|warfarin|metformin|prednisone|prednisolone|amlodipine|lisinopril|losartan|valsartan|diazepam|lorazepam',
  ),
  disease: pool(
    'name',
    'hypertension|hypotension|asthma|diabetes|measles|malaria|hepatitis A|hepatitis B|type 1 diabetes|type 2 diabetes',
  ),
  symptom: pool('name', 'fever|headache|nausea|cough|fatigue'),
  job: pool('name', 'nurse|lawyer|developer|driver|teacher'),
  language: pool('name', 'Python|Java|JavaScript|Rust|Ruby|Go|C|C++|C#|Kotlin'),
  structure: pool('name', 'hash map|linked list|heap|binary tree|queue|stack'),
  party: pool('name', 'landlord|tenant|buyer|seller|employer|employee|plaintiff|defendant'),
  crime: pool('name', 'theft|fraud|libel|slander|arson|assault'),
  book: pool('name', 'Dune|Emma|Ulysses|Dracula|Frankenstein|Carrie'),
  tongue: pool('name', 'French|German|Spanish|Italian|Danish|Dutch'),
}

function pool(kind: string, values: string): { kind: string; values: readonly string[] } {
  return { kind, values: values.split('|') }
}

export const GENERATOR: Generator = { templates: TEMPLATES, pools: POOLS, variants: VARIANTS }
