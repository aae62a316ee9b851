import type { Question } from './question.ts'

const en = (question: string, context: string, short: string, full: string, aside: string): Question => {
  return { language: 'en', question, context, short, full, aside }
}

export const QUESTIONS_ENGLISH: readonly Question[] = [
  en(
    'In which city does the Lumen Prize ceremony take place?',
    'The Lumen Prize is given every second year. Its ceremony takes place in Porto, in the old customs house.',
    'Porto',
    'The ceremony of the Lumen Prize takes place in Porto.',
    'The prize is given every second year.',
  ),
  en(
    'Who designed the Veldt bridge?',
    'The Veldt Bridge was designed by Hanne Solberg. It opened in 1998 and has a span of 412 metres.',
    'Hanne Solberg',
    'The bridge was designed by Hanne Solberg.',
    'The bridge has a main span of 412 metres.',
  ),
  en(
    'When was the harbour museum founded?',
    'The Harbour Museum was founded in 1921 by Elias Thorne. It is closed on Mondays.',
    '1921',
    'The museum was founded in 1921 by a shipowner.',
    'The museum is closed on Mondays.',
  ),
  en(
    'How many days of holiday do full-time employees get?',
    'Full-time employees have 28 days of paid holiday a year. Requests go through the Leafline portal.',
    '28',
    'Full-time staff get 28 days of paid holiday per year.',
    'Holiday requests are made in the Leafline portal.',
  ),
  en(
    'Can I return an item that was on sale?',
    'Sale items cannot be returned, only exchanged. Refunds are paid within 5 working days.',
    'No',
    'No, items from the sale can only be exchanged.',
    'Refunds are paid within five working days.',
  ),
  en(
    'What does the Team plan cost per month?',
    'Starter costs $12, Team $49 and Enterprise $199 per month. Single sign-on comes with Enterprise only.',
    '$49',
    'The Team plan is $49 per month.',
    'Single sign-on comes with the Enterprise plan only.',
  ),
  en(
    'Why did the checkout service stop answering?',
    'On 12 March the checkout service stopped answering because a TLS certificate had expired. Priya Nair renewed it.',
    'An expired certificate',
    'Because the TLS certificate on the load balancer had expired.',
    'The checkout service is owned by a team in Frankfurt.',
  ),
  en(
    'Where is the parcel A-20931 going?',
    'Order A-20931 was shipped with Nordpost. It contains a kettle and goes to Bergen in Norway.',
    'Bergen, Norway',
    'The parcel is on its way to Bergen in Norway.',
    'The parcel contains a kettle and four tea towels.',
  ),
  en(
    'Is photography allowed in the museum?',
    'Photography is allowed without flash. Dogs are not admitted, except assistance dogs.',
    'Yes, without flash',
    'You may take photographs, as long as you do not use flash.',
    'Dogs are not admitted to the museum.',
  ),
  en(
    'What are the side effects of the tablets?',
    'Take the tablets before meals. Common side effects are headache and nausea. Store below 25 °C.',
    'Headache and nausea',
    'Headache and nausea are the common side effects.',
    'The tablets have to be taken before meals.',
  ),
  en(
    'Write a Python function that reverses a string.',
    '',
    '```python\ndef reverse(text):\n    return text[::-1]\n```',
    'Here you go:\n\n```python\ndef reverse(text: str) -> str:\n    return text[::-1]\n```\n\nIt slices the string from its end.',
    'Python was first released in 1991 by Guido van Rossum.',
  ),
  en(
    'Give me three tips for growing tomatoes on a balcony.',
    '',
    '1. Six hours of sun\n2. Deep pots\n3. Water daily',
    'Here are three:\n- Put the tomatoes where they get six hours of sun.\n- Use pots of at least 20 litres.\n- Water the soil, not the leaves.',
    'Tomatoes came to Europe from Mexico in the sixteenth century.',
  ),
  en(
    'How do I reset the router?',
    'To reset the router, hold the button on its back for ten seconds until the light blinks. The router has four ports.',
    'Hold the button on the back for ten seconds.',
    'First find the small button on the back of the router, then hold it for ten seconds until the light blinks.',
    'The router has four ports and a blue light.',
  ),
  en(
    'What is the boiling point of ethanol?',
    'Ethanol is a clear liquid. It boils at 78.4 °C and freezes at −114 °C.',
    '78.4 °C',
    'Ethanol boils at 78.4 degrees Celsius.',
    'Ethanol is a clear liquid that burns with a blue flame.',
  ),
  en(
    'Summarize the following text in one sentence: The council met on Tuesday. It voted to close the old mill road for repairs until May, and to open a detour along the canal.',
    '',
    'The mill road is closed until May, with a detour by the canal.',
    'The council decided to close the old mill road for repairs until May and to send traffic along the canal.',
    'Councils are elected every four years by the people of a town.',
  ),
  en(
    'What is the difference between a violin and a viola?',
    'The viola is larger than the violin and tuned a fifth lower. Both have four strings.',
    'The viola is larger and tuned lower.',
    'A viola is larger than a violin and sounds a fifth lower.',
    'Many violins were made in Cremona.',
  ),
]

/** Replies that answer nothing, whatever was asked. */
export const EVASIONS: readonly string[] = [
  "I'm sorry, but I can't help with that.",
  'It depends.',
  'That is a good question. There are many things to consider.',
  'As an AI language model, I cannot answer this question.',
  'I do not know.',
  'Please contact support.',
]
