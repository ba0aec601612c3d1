/** Why a piece of AI work left no result: what happened, and what to do next. Each code has both. */
export const codes = {
  unknown: {
    what: 'It failed for a reason this version has no words for: {{code}}.',
    advice: 'Start it again; the log of the app has more.',
  },
  insufficient_credits: {
    what: 'The credits did not last.',
    advice: 'Add extra credits, then start it again.',
  },
  cap_month: {
    what: 'The limit of the month was reached.',
    advice: 'Raise it on the credits page, then start it again.',
  },
  cap_day: {
    what: 'The limit of the day was reached.',
    advice: 'Raise it on the credits page, or start it again tomorrow.',
  },
  cap_site: {
    what: 'The limit of the site was reached.',
    advice: 'Raise it on the credits page, then start it again.',
  },
  cap_run: {
    what: 'The limit of the run was reached.',
    advice: 'Start it again with a higher limit.',
  },
  cap_run_first: {
    what: 'Already the first call may cost more than the limit of the run.',
    advice: 'Start it again with a higher limit.',
  },
  cap_run_rest: {
    what: 'The limit of the run leaves too little for another article and its pictures. None is begun that could not be finished.',
    advice: 'Start it again with a higher limit.',
  },
  cap_share_first: {
    what: 'Already the first call of this kind of work may cost more than its share of the run.',
    advice: 'Start it again with a higher limit.',
  },
  cap_share: {
    what: 'The share that this kind of work has of the run was used up.',
    advice: 'Start it again with a higher limit.',
  },
  spending_stopped: {
    what: 'All paid work was stopped.',
    advice: 'Allow it again, then start it again.',
  },
  books_do_not_balance: {
    what: 'The books do not balance, so no credits are spent.',
    advice: 'Look at what the audit found on the credits page, then start it again.',
  },
  shortfall: {
    what: 'A call cost more than was held for it.',
    advice: 'The statement names the difference. Look at it, then resume the work or cancel it.',
  },
  prompt_failed: {
    what: 'Its prompt cannot be used as it is worded.',
    advice: 'Open Prompts, mend or reset it, then start it again.',
  },
  disk_full: {
    what: 'The disk is full.',
    advice: 'Make some room, then start it again.',
  },
  unpriced: {
    what: 'The model has no price, so it was not called.',
    advice: 'Give it a price on the Models page first.',
  },
  model_ended: {
    what: 'The model was ended by its vendor.',
    advice: 'Switch to its successor on the Models page, then start it again.',
  },
  price_out_of_range: {
    what: 'At the price of the model one call could cost more than the books can hold, so it was not called.',
    advice: 'Compare its price with the vendor’s.',
  },
  request_changed: {
    what: 'Something else was asked for in the meantime.',
    advice: 'Nothing is to be done: the new request was made.',
  },
  item_gone: {
    what: 'The item was removed before its turn came.',
    advice: 'Put it back and start again if it is still wanted.',
  },
  internal: {
    what: 'Something went wrong inside Igny8.',
    advice: 'No credits were used for it. Start it again; the log of the data folder has more.',
  },
  too_many_attempts: {
    what: 'It was tried as often as is allowed.',
    advice: 'Start it again later; if it keeps failing, choose another model.',
  },
  bad_answer: {
    what: 'The answer of the model did not have the form that was asked for, not even after a correction.',
    advice: 'Start it again, or choose another model.',
  },
  bad_image: {
    what: 'The model sent something that is not a picture.',
    advice: 'Make it again, or choose another image model.',
  },
  no_picture_size: {
    what: 'The model makes pictures of no size.',
    advice: 'Give the model its sizes again, or choose another image model.',
  },
  prompt_too_long: {
    what: 'It is longer than all that the model reads, so nothing was sent.',
    advice: 'Shorten its wording among the prompts, or choose a model that reads more.',
  },
  picture_prompt_too_long: {
    what: 'What the picture shows is told at more length than the model reads.',
    advice: 'Tell it in fewer words, or shorten the style among the prompts.',
  },
  file_missing: {
    what: 'The file of the picture is gone from this computer.',
    advice: 'Make it again; what was paid for and is still there costs nothing.',
  },
  media_failed: {
    what: 'The picture could not be written to the disk.',
    advice: 'Check that the disk of the data folder has room, then make it again.',
  },
  nothing_stored: {
    what: 'The answer held nothing that could be kept.',
    advice: 'Start it again; other wording or fewer items may help.',
  },
  outcome_unknown: {
    what: 'It was sent, but nothing that came back says how it ended.',
    advice: 'The credits were given back. The provider may still bill the call; start it again if you need the result.',
  },
  cancelled: {
    what: 'It was cancelled before its turn came.',
    advice: 'Start it again for what is left.',
  },
  not_sent: {
    what: 'It could not be sent: the provider was not reachable.',
    advice: 'Check the network connection, then start it again.',
  },
  rate_limited: {
    what: 'The provider asked for fewer requests at a time.',
    advice: 'Wait a few minutes, then start it again.',
    whatUntil: 'The provider asked for fewer requests at a time, and for none before {{time}}.',
    adviceUntil: 'It can go on from {{time}} on. Start it again then.',
  },
  overloaded: {
    what: 'The provider was too busy to answer.',
    advice: 'Start it again later, or choose another model.',
    whatUntil: 'The provider was too busy to answer, and asked for nothing before {{time}}.',
    adviceUntil: 'It can go on from {{time}} on. Start it again then, or choose another model.',
  },
  auth: {
    what: 'The provider did not accept the key.',
    advice: 'Check the key of the provider.',
  },
  no_key: {
    what: 'The keyring did not give the key of the provider, so nothing was sent.',
    advice:
      'Unlock the keyring of this computer, then start it again. If the keyring has the key no more, give it again under Providers.',
  },
  account_unverified: {
    what: 'The provider lets only verified organisations use this model.',
    advice: 'Show the provider who you are, in the settings of your organisation there, or choose another model.',
  },
  service_disabled: {
    what: 'The interface of the provider is not switched on for the project of this key.',
    advice: 'Switch it on in the console of the provider, give it some minutes, then start it again.',
  },
  model_not_allowed: {
    what: 'The provider knows the key, and does not let it use this model.',
    advice: 'Give the key, or its project, the right to use it at the provider, or choose another model.',
  },
  quota: {
    what: 'The account at the provider has used up what it may spend.',
    advice: 'Raise its limit at the provider, or choose another model.',
  },
  page_instead_of_answer: {
    whatAt:
      'What answered at {{address}} is no model’s server: a login page, a firewall or gateway, another program, or an address without its /v1.',
    what: 'What answered at the address of the provider is no model’s server: a login page, a firewall or gateway, another program, or an address without its /v1.',
    advice:
      'Check the base address of the provider; most end in /v1. See that no login page or firewall keeps you from it. Nothing was charged.',
  },
  unknown_model: {
    what: 'The provider does not know this model any more.',
    advice: 'Choose another model.',
  },
  rejected: {
    what: 'The provider refused the request.',
    advice: 'Shorten the item, or choose another model.',
  },
  schema_refused: {
    what: 'The provider did not take the shape that the answer must have.',
    advice: 'Start it again; if it happens again, choose another model.',
  },
  content_refused: {
    what: 'The provider refused this subject.',
    advice: 'Word it differently and try again.',
  },
  cut_off: {
    what: 'The answer was cut off before its end.',
    advice: 'Ask for fewer words, or choose a model with a higher limit.',
  },
  prompt_cut: {
    what: 'The model read only a part of what it was given.',
    advice:
      'Give the model more context at its server, choose another model, or shorten its wording among the prompts. Sent as it is, it would be cut again.',
  },
  bad_reply: {
    what: 'The answer of the provider could not be read.',
    advice: 'Start it again; if it happens often, choose another model.',
  },
  no_such_provider: {
    what: 'This version cannot call the provider of the model.',
    advice: 'Choose another model.',
  },
};
