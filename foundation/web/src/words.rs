//! How keys of messages are made from names: one rule for labels, hints, codes and columns.

use lang::Words;

/// `acts_on` becomes `acts-on`.
pub fn dashed(name: &str) -> String {
    name.replace(['_', '.', '/'], "-")
}

/// The key of a code's label.
pub fn code_key(vocabulary: &str, code: &str) -> String {
    format!("{vocabulary}-{}", dashed(code))
}

/// The label of a code.
pub fn code(words: &Words, vocabulary: &str, code: &str) -> String {
    words.say(&code_key(vocabulary, code))
}

/// The label of a field: the act's own words for it, else the common ones.
pub fn field(words: &Words, act: &str, field: &str) -> String {
    let own = format!("{act}-{}", dashed(field));
    if words.has(&own) {
        words.say(&own)
    } else {
        words.say(&format!("field-{}", dashed(field)))
    }
}

/// The hint under a field's label, where there is one.
pub fn hint(words: &Words, act: &str, field: &str) -> Option<String> {
    let field = dashed(field);
    [format!("{act}-{field}-hint"), format!("field-{field}-hint")]
        .iter()
        .find(|key| words.has(key))
        .map(|key| words.say(key))
}
