import type { Case } from './case.ts'

export const ENGLISH_TUNING: readonly Case[] = [
  {
    name: 'returns policy',
    language: 'en',
    question: 'How do returns work?',
    context: `Returns. Items bought online may be returned within 30 days of delivery, provided that they are unused and in
their original packaging. Items bought in a shop may be returned within 14 days with the receipt. Sale items cannot be
returned, only exchanged. Refunds are paid to the original payment method within 5 working days after we receive the
parcel. Return postage costs €4.95 unless the item was faulty. Gift cards are not refundable. Questions are answered by
Maria Keller at the returns desk in Graz, Monday to Friday from 9 a.m. to 5 p.m.`,
    supported: [
      'Online purchases can be sent back within 30 days of delivery.',
      'They have to be unused and in the original packaging.',
      'If you bought the item in a shop, you have 14 days and need the receipt.',
      'You get the money back to your original payment method within five working days after the parcel arrives.',
      'Postage for a return is €4.95, unless the item was faulty.',
      'Sale items can only be exchanged, and gift cards are not refunded.',
    ],
    faults: [
      { kind: 'number', sentence: 'Online purchases can be sent back within 45 days of delivery.', wrong: '45' },
      { kind: 'number', sentence: 'Postage for a return is €6.95, unless the item was faulty.', wrong: '6.95' },
      { kind: 'name', sentence: 'Questions are answered by Stefan Keller at the returns desk.', wrong: 'Stefan' },
      { kind: 'name', sentence: 'The returns desk in Salzburg answers questions.', wrong: 'Salzburg' },
      { kind: 'negation', sentence: 'Gift cards are refundable.', wrong: 'Gift cards are refundable' },
      { kind: 'negation', sentence: 'Items bought in a shop cannot be returned.', wrong: 'cannot' },
      {
        kind: 'swap',
        sentence: 'Items bought in a shop may be returned within 30 days with the receipt.',
        wrong: '30',
      },
      {
        kind: 'invented',
        sentence: 'Members of the loyalty programme get a free courier pickup from home.',
        wrong: 'Members of the loyalty programme get a free courier pickup from home',
      },
    ],
    abstention: 'The documents do not say whether returns from abroad are accepted.',
    courtesies: ['Sure, here is how returns work:', 'Let me know if you have any other questions!'],
  },
  {
    name: 'incident report',
    language: 'en',
    question: 'What caused the outage and who fixed it?',
    context: `Incident 4471. On 12 March 2024 at 14:05 UTC the checkout service in Frankfurt stopped answering. The cause
was an expired TLS certificate on the load balancer. Priya Nair was on call and renewed the certificate at 14:48, after
which traffic recovered. About 1,200 orders failed during the 43 minutes. No customer data was lost. Payments through
PayPal were not affected, because they use another gateway. As a follow-up, the team will alert 21 days before any
certificate expires. The alert is owned by the platform team, not by the checkout team.`,
    supported: [
      'The checkout service in Frankfurt was down for 43 minutes on March 12, 2024.',
      'An expired TLS certificate on the load balancer caused it.',
      'Priya Nair, who was on call, renewed the certificate at 14:48.',
      'Around 1200 orders failed, but no customer data was lost.',
      'PayPal payments were not affected since they go through a different gateway.',
      'In future there will be an alert 21 days before a certificate expires.',
    ],
    faults: [
      { kind: 'number', sentence: 'About 2,100 orders failed during the outage.', wrong: '2,100' },
      { kind: 'number', sentence: 'The incident happened on 12 March 2023.', wrong: '2023' },
      { kind: 'name', sentence: 'Arjun Nair was on call and renewed the certificate.', wrong: 'Arjun' },
      { kind: 'name', sentence: 'The checkout service in Dublin stopped answering.', wrong: 'Dublin' },
      { kind: 'negation', sentence: 'Some customer data was lost.', wrong: 'lost' },
      { kind: 'negation', sentence: 'Payments through PayPal were affected as well.', wrong: 'affected' },
      { kind: 'swap', sentence: 'The alert is owned by the checkout team.', wrong: 'checkout' },
      {
        kind: 'invented',
        sentence: 'The vendor has since offered a discount on next year’s hosting bill.',
        wrong: 'The vendor has since offered a discount on next year’s hosting bill',
      },
    ],
    abstention: "I don't know who informed the customers.",
    courtesies: ['Good question!', 'I hope this helps.'],
  },
  {
    name: 'price list as a table',
    language: 'en',
    question: 'What do the plans cost and what is in them?',
    context: `| Plan | Price per month | Users | Storage | Single sign-on |
|---|---|---|---|---|
| Starter | $12 | up to 5 | 50 GB | no |
| Team | $49 | up to 25 | 500 GB | no |
| Enterprise | $199 | unlimited | 5 TB | yes |

Prices are without VAT. Paying yearly saves 15%. A trial of 14 days is free and needs no credit card.`,
    supported: [
      'The Starter plan costs $12 per month for up to 5 users and 50 GB of storage.',
      'Team costs $49 per month and allows up to 25 users.',
      'Enterprise is $199 per month with unlimited users and 5 TB of storage.',
      'Single sign-on is included in Enterprise.',
      'You save 15 percent if you pay yearly.',
      'There is a free 14-day trial that needs no credit card.',
    ],
    faults: [
      { kind: 'number', sentence: 'The Starter plan costs $15 per month.', wrong: '15' },
      { kind: 'number', sentence: 'You save 20 percent if you pay yearly.', wrong: '20' },
      { kind: 'name', sentence: 'The Business plan costs $49 per month.', wrong: 'Business' },
      { kind: 'negation', sentence: 'The free trial needs a credit card.', wrong: 'needs a credit card' },
      { kind: 'negation', sentence: 'Prices are with VAT.', wrong: 'with' },
      { kind: 'swap', sentence: 'Team costs $199 per month.', wrong: '199' },
      {
        kind: 'invented',
        sentence: 'Phone support around the clock comes with every plan.',
        wrong: 'Phone support around the clock comes with every plan',
      },
    ],
    abstention: 'The price list does not mention discounts for schools.',
    courtesies: ['Of course! The plans are:', 'Would you like me to compare two of them?'],
  },
  {
    name: 'clinic leaflet',
    language: 'en',
    question: 'How should I take the tablets?',
    context: `Take one tablet in the morning and one in the evening, with a glass of water, before meals. Do not take more
than two tablets in 24 hours. The treatment lasts seven days; do not stop earlier, even if you feel better. Do not drink
alcohol during the treatment. Common side effects are headache and nausea. If you get a rash, stop taking the tablets and
see Dr Okafor at once. Children under 12 must not take this medicine. Store below 25 °C.`,
    supported: [
      'Take one tablet in the morning and another in the evening, before meals.',
      'You should not take more than 2 tablets within 24 hours.',
      'The treatment takes 7 days, and you should not stop earlier.',
      'Alcohol should be avoided during the treatment.',
      'Headache and nausea are common side effects.',
      'Children under 12 are not allowed to take it.',
    ],
    faults: [
      { kind: 'number', sentence: 'You should not take more than 4 tablets within 24 hours.', wrong: '4' },
      { kind: 'number', sentence: 'Store it below 30 °C.', wrong: '30' },
      { kind: 'name', sentence: 'If you get a rash, see Dr Brandt at once.', wrong: 'Brandt' },
      { kind: 'negation', sentence: 'You may stop earlier if you feel better.', wrong: 'may stop earlier' },
      { kind: 'negation', sentence: 'Take the tablets after meals.', wrong: 'after' },
      { kind: 'negation', sentence: 'Children under 12 may take this medicine.', wrong: 'may take' },
      {
        kind: 'invented',
        sentence: 'Grapefruit juice makes the effect of the active ingredient weaker.',
        wrong: 'Grapefruit juice makes the effect of the active ingredient weaker',
      },
    ],
    abstention: 'I could not find anything about pregnancy in the leaflet.',
    courtesies: ['Thank you for asking.', 'Feel free to ask if anything is unclear.'],
  },
]
