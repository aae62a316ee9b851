import type { Case } from './case.ts'

export const ENGLISH_HELD_OUT: readonly Case[] = [
  {
    name: 'museum page',
    language: 'en',
    question: 'What should I know before my visit?',
    context: `The Harbour Museum was founded in 1921 by the shipowner Elias Thorne. It shows 340 model ships and the last
steam tug of the port, the Marigold, which visitors may board. Opening hours: Tuesday to Sunday, 10:00 to 18:00; closed
on Mondays and on 25 December. Tickets cost 9 pounds, or 5 pounds for students; children under six come in free. Guided
tours start at 11:00 and 15:00 and must be booked in advance. Photography is allowed without flash. Dogs are not
admitted, except assistance dogs. The café on the second floor is run by volunteers.`,
    supported: [
      'The museum was established by Elias Thorne, a shipowner, in 1921.',
      'You can see 340 model ships there and go on board the Marigold, a steam tug.',
      'It is closed on Mondays.',
      'Students pay £5 instead of £9, and children under six get in free.',
      'Guided tours at 11:00 and 15:00 have to be booked ahead.',
      'You may take photographs, but without flash.',
      'Only assistance dogs are admitted.',
    ],
    faults: [
      { kind: 'number', sentence: 'The museum was established in 1912 by Elias Thorne.', wrong: '1912' },
      { kind: 'number', sentence: 'It shows 430 model ships.', wrong: '430' },
      { kind: 'name', sentence: 'Visitors may board the Primrose, the last steam tug of the port.', wrong: 'Primrose' },
      { kind: 'name', sentence: 'It was founded by the shipowner Elias Crane.', wrong: 'Crane' },
      { kind: 'negation', sentence: 'The museum is open on Mondays.', wrong: 'open' },
      { kind: 'negation', sentence: 'Photography is not allowed.', wrong: 'not' },
      { kind: 'negation', sentence: 'Guided tours need not be booked in advance.', wrong: 'not' },
      { kind: 'swap', sentence: 'Tickets cost 5 pounds, or 9 pounds for students.', wrong: '9 pounds for students' },
      {
        kind: 'invented',
        sentence: 'A ferry brings visitors from the main station every twenty minutes.',
        wrong: 'A ferry brings visitors from the main station every twenty minutes',
      },
    ],
    abstention: 'The page does not say whether there is parking.',
    courtesies: ['Hello! Great that you want to visit.', 'Enjoy your visit!'],
  },
  {
    name: 'order as JSON',
    language: 'en',
    question: 'Where is my order and what is in it?',
    context: `{
  "order_id": "A-20931",
  "status": "shipped",
  "carrier": "Nordpost",
  "tracking": "NP778201",
  "estimated_delivery": "2025-02-18",
  "gift_wrap": false,
  "items": [
    { "name": "Kettle, steel", "quantity": 1, "unit_price": 39.9 },
    { "name": "Tea towels", "quantity": 4, "unit_price": 6.5 }
  ],
  "total": 65.9,
  "shipping_address": { "city": "Bergen", "country": "Norway" }
}`,
    supported: [
      'Your order A-20931 has been shipped with Nordpost.',
      'The tracking number is NP778201.',
      'It should be delivered on 18 February 2025.',
      'It contains one steel kettle and four tea towels.',
      'The total is 65.90.',
      'It goes to Bergen in Norway.',
    ],
    faults: [
      { kind: 'number', sentence: 'The total is 75.90.', wrong: '75.90' },
      { kind: 'number', sentence: 'It contains one steel kettle and six tea towels.', wrong: 'six' },
      { kind: 'number', sentence: 'The tracking number is NP778210.', wrong: '778210' },
      { kind: 'name', sentence: 'Your order has been shipped with FastFreight.', wrong: 'FastFreight' },
      { kind: 'name', sentence: 'It goes to Oslo in Norway.', wrong: 'Oslo' },
      {
        kind: 'invented',
        sentence: 'The courier will ring twice and leave the parcel with a neighbour.',
        wrong: 'The courier will ring twice and leave the parcel with a neighbour',
      },
    ],
    abstention: 'I do not know at what time the carrier will come.',
    courtesies: ['Sure!', 'Is there anything else I can help you with?'],
  },
  {
    name: 'employee handbook',
    language: 'en',
    question: 'How many holidays do I get and what are the rules?',
    context: `Full-time employees have 28 days of paid holiday a year; part-time employees have a share of it. Up to five
unused days may be carried over, but they expire on 31 March. Holiday of more than two weeks has to be approved by the
department head at least six weeks ahead. Sick days during a holiday are given back if a doctor's note is handed in within
three days. Unpaid leave is possible for at most three months. During the probation period no unpaid leave is granted.
Requests go through the Leafline portal; e-mails to Human Resources are not accepted any more. Working from abroad is
permitted for 20 days a year within the European Union.`,
    supported: [
      'If you work full time, you get 28 days of paid holiday per year.',
      'Up to 5 unused days can be carried over, and they expire on March 31.',
      'Holidays longer than two weeks need the approval of the department head six weeks ahead.',
      "Hand in a doctor's note within three days and sick days during your holiday are given back.",
      'Unpaid leave is possible for a maximum of three months, but not during probation.',
      'Requests must be made in the Leafline portal.',
      'E-mails to Human Resources are no longer accepted.',
    ],
    faults: [
      { kind: 'number', sentence: 'You get 26 days of paid holiday per year.', wrong: '26' },
      { kind: 'number', sentence: 'Up to ten unused days can be carried over.', wrong: 'ten' },
      { kind: 'name', sentence: 'Requests must be made in the Timetree portal.', wrong: 'Timetree' },
      { kind: 'name', sentence: 'Working from abroad is permitted within Switzerland.', wrong: 'Switzerland' },
      { kind: 'negation', sentence: 'Unpaid leave is granted during the probation period.', wrong: 'granted' },
      { kind: 'negation', sentence: 'Unused days do not expire.', wrong: 'not' },
      { kind: 'negation', sentence: 'E-mails to Human Resources are accepted.', wrong: 'accepted' },
      { kind: 'swap', sentence: 'Unpaid leave is possible for at most six weeks.', wrong: 'six weeks' },
      {
        kind: 'invented',
        sentence: 'On your birthday the office closes at noon and cake is served.',
        wrong: 'On your birthday the office closes at noon and cake is served',
      },
    ],
    abstention: 'There is no information about parental leave in the handbook.',
    courtesies: ['Happy to help.', 'If you have further questions, just ask.'],
  },
  {
    name: 'two search results',
    language: 'en',
    question: 'What is known about the Veldt bridge?',
    context: `[1] The Veldt Bridge crosses the river Orre at Lindham. Its main span is 412 metres long. It was designed by
Hanne Solberg and opened to traffic on 3 June 1998, two years later than planned. Building it cost 96 million crowns.

[2] In 2016 inspectors found cracks in the eastern tower. The bridge was closed to lorries over 12 tonnes but stayed open
to cars. Repairs were done by the company Brunvoll and finished in autumn 2017. Since then there has been no toll. Cyclists
use a separate lane on the northern side; pedestrians are not allowed on the bridge.`,
    supported: [
      'The Veldt Bridge crosses the Orre near Lindham [1].',
      'Its main span is 412 m, and the designer was Hanne Solberg [1].',
      'It opened in June 1998, two years late.',
      'It cost 96 million crowns to build.',
      'In 2016 cracks were discovered in the eastern tower [2].',
      'Lorries above 12 tonnes were banned while cars could still use it.',
      'Brunvoll repaired it, and since 2017 there has been no toll [2].',
      'Pedestrians may not use the bridge.',
    ],
    faults: [
      { kind: 'number', sentence: 'Its main span is 421 metres long [1].', wrong: '421' },
      { kind: 'number', sentence: 'Building it cost 69 million crowns.', wrong: '69' },
      { kind: 'name', sentence: 'It was designed by Ingrid Solberg.', wrong: 'Ingrid' },
      { kind: 'name', sentence: 'Repairs were done by the company Skanvik.', wrong: 'Skanvik' },
      { kind: 'negation', sentence: 'Pedestrians are allowed on the bridge.', wrong: 'allowed' },
      { kind: 'negation', sentence: 'In 2016 the bridge was closed to cars.', wrong: 'closed to cars' },
      { kind: 'swap', sentence: 'In 2016 inspectors found cracks in the western tower.', wrong: 'western' },
      { kind: 'swap', sentence: 'Repairs finished in autumn 1998.', wrong: '1998' },
      {
        kind: 'invented',
        sentence: 'A second bridge with a tramway is to be built next to the power station.',
        wrong: 'A second bridge with a tramway is to be built next to the power station',
      },
    ],
    abstention: 'The sources do not mention how many vehicles use it.',
    courtesies: ['Here is what I found:', 'Thanks for your question.'],
  },
]
