/** What is said of a typed amount that cannot be meant, one sentence for each cause. */
export const amounts = {
  missing: 'Write a number.',
  sign: 'Write decimals after a point and thousands without a sign between, such as 1250.5.',
  number: 'This is no number. Write it in digits.',
  negative: 'This is below zero. Write a number of zero or more.',
  zero: 'Write a number above zero.',
  most: {
    credits: 'Out of range: at most {{most}} credits are counted.',
    price: 'Out of range: a credit is worth at most {{most}}.',
    percent: 'Out of range: write at most {{most}} percent.',
  },
  fine: {
    credits: 'Too fine: credits are counted to {{decimals}} decimals.',
    price: 'Too fine: the price of a credit has at most {{decimals}} decimals.',
    percent: 'Too fine: write a whole number.',
  },
};
