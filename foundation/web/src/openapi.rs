//! The description of the API in OpenAPI 3.1, made from what the rooms declare.

use crate::form::{Choices, Field, FieldKind};
use crate::room::{Act, Filter, Shape, View, Who};
use crate::site::Site;
use serde_json::{Map, Value, json};
use ui::{Column, Kind};

/// The whole description, self-contained.
pub fn document(site: &Site) -> Value {
    let words = site.library.words(base::Lang::En);
    let mut paths: Map<String, Value> = Map::new();
    for view in site.views() {
        if let Some(operation) = view_operation(view) {
            operation_at(&mut paths, view.path, "get", operation);
        }
    }
    for act in site.acts() {
        let title = words.say(&format!("{}-title", act.name));
        operation_at(
            &mut paths,
            api_path(act.path),
            "post",
            act_operation(act, &title),
        );
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": site.settings.name,
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Everything the pages do, as JSON. Reading lists: follow `next`. \
                Writing: send a key as `Authorization: Bearer`, and an `Idempotency-Key` so that a \
                repeated request is done once.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" }
        },
        "servers": [{ "url": "/api" }],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "key": { "type": "http", "scheme": "bearer" },
                "session": { "type": "apiKey", "in": "cookie", "name": crate::guard::SESSION }
            },
            "schemas": { "Problem": problem_schema() }
        }
    })
}

/// The path of an act in the API: creating is a POST to the list.
pub fn api_path(path: &'static str) -> &'static str {
    path.strip_suffix("/new").unwrap_or(path)
}

fn operation_at(paths: &mut Map<String, Value>, path: &str, method: &str, operation: Value) {
    let item = paths.entry(path.to_owned()).or_insert_with(|| json!({}));
    if let Some(item) = item.as_object_mut() {
        item.insert(method.to_owned(), operation);
    }
}

fn path_parameters(path: &str) -> Vec<Value> {
    let names = path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let parameter = |name: &str| {
        json!({ "name": name, "in": "path", "required": true,
                "schema": { "type": "string", "minLength": 1, "maxLength": 200 } })
    };
    names.map(parameter).collect()
}

fn view_operation(view: &View) -> Option<Value> {
    let mut parameters = path_parameters(view.path);
    let schema = match view.shape {
        Shape::List(columns, filters) => {
            parameters.extend(list_parameters(filters));
            json!({
                "type": "object",
                "required": ["items", "next"],
                "properties": {
                    "items": { "type": "array", "items": record_schema(columns) },
                    "next": { "type": ["string", "null"] },
                    "total": { "type": ["integer", "null"] }
                }
            })
        }
        Shape::Record(columns) => record_schema(columns),
        Shape::Page | Shape::File => return None,
    };
    let good = json!({ "description": "Found.",
        "content": { "application/json": { "schema": schema } } });
    Some(json!({
        "operationId": operation_id("see", view.path),
        "tags": [tag(view.path)],
        "parameters": parameters,
        "security": security(view.who),
        "responses": responses(&[("200", good)], &["400", "401", "403", "404", "422", "429", "500", "503"])
    }))
}

fn list_parameters(filters: &[Filter]) -> Vec<Value> {
    let mut all = vec![
        json!({ "name": "after", "in": "query", "description": "The key after which the list goes on.",
                "schema": { "type": "string" } }),
        json!({ "name": "limit", "in": "query",
                "schema": { "type": "integer", "minimum": 1, "maximum": crate::ask::EXPORT_ROWS } }),
        json!({ "name": "q", "in": "query", "description": "Words to search for.",
                "schema": { "type": "string" } }),
    ];
    all.extend(filters.iter().map(|filter| {
        let schema = if filter.is_day() {
            json!({ "type": "string", "format": "date" })
        } else if filter.codes.is_empty() {
            json!({ "type": "string" })
        } else {
            json!({ "type": "string", "enum": filter.codes })
        };
        json!({ "name": filter.name, "in": "query", "schema": schema })
    }));
    all
}

fn act_operation(act: &Act, title: &str) -> Value {
    let form = (act.form)();
    let required: Vec<&str> = form.iter().filter(|f| f.required).map(|f| f.name).collect();
    let properties: Map<String, Value> = form
        .iter()
        .map(|field| (field.name.to_owned(), field_schema(field)))
        .collect();
    let mut parameters = path_parameters(act.path);
    parameters.push(json!({ "name": "Idempotency-Key", "in": "header",
        "description": "The same key with the same body is done once.",
        "schema": { "type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$" } }));
    let done = json!({ "description": "Done.", "content": { "application/json": { "schema": {
        "type": "object", "required": ["see"],
        "properties": { "see": { "type": "string", "description": "Where to look." } } } } } });
    json!({
        "operationId": operation_id("do", act.path),
        "summary": title,
        "tags": [tag(act.path)],
        "parameters": parameters,
        "security": security(act.who),
        "requestBody": { "required": !required.is_empty(), "content": { "application/json": { "schema": {
            "type": "object", "properties": properties, "required": required,
            "additionalProperties": false } } } },
        "responses": responses(&[("200", done)],
            &["400", "401", "403", "404", "409", "413", "415", "422", "429", "500", "503"])
    })
}

fn responses(good: &[(&str, Value)], problems: &[&str]) -> Value {
    let mut all: Map<String, Value> = good
        .iter()
        .map(|(status, body)| ((*status).to_owned(), body.clone()))
        .collect();
    for status in problems {
        let problem = json!({ "description": "A problem, in words.", "content": {
            "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } } });
        all.insert((*status).to_owned(), problem);
    }
    Value::Object(all)
}

fn security(who: Who) -> Value {
    match who {
        Who::Anyone | Who::Stranger => json!([{}, { "key": [] }, { "session": [] }]),
        Who::SignedIn | Who::Any(_) => json!([{ "key": [] }, { "session": [] }]),
    }
}

fn operation_id(verb: &str, path: &str) -> String {
    let plain: String = path
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    format!("{verb}{plain}")
}

fn tag(path: &str) -> &str {
    path.trim_start_matches('/')
        .split('/')
        .next()
        .unwrap_or_default()
}

fn record_schema(columns: &[Column]) -> Value {
    let properties: Map<String, Value> = columns
        .iter()
        .map(|column| (column.name.to_owned(), column_schema(column)))
        .collect();
    json!({ "type": "object", "properties": properties })
}

/// The schema of a cell: its own kind, null for unknown, or the word that says it does not apply.
fn column_schema(column: &Column) -> Value {
    let own = match column.kind {
        Kind::Whole => json!({ "type": "integer" }),
        Kind::Decimal | Kind::Share => json!({ "type": "number" }),
        Kind::Yes => json!({ "type": "boolean" }),
        Kind::Day => json!({ "type": "string", "format": "date" }),
        Kind::Moment => json!({ "type": "string", "format": "date-time" }),
        Kind::Names => {
            json!({ "type": "object", "additionalProperties": { "type": "string" } })
        }
        Kind::Link => json!({ "anyOf": [{ "type": "string" }, { "type": "object", "properties": {
            "href": { "type": "string" }, "text": { "type": "string" } } }] }),
        Kind::Text | Kind::Code(_) | Kind::Id | Kind::Words => json!({ "type": "string" }),
    };
    json!({ "anyOf": [own, { "type": "null" }, { "const": ui::NOT_APPLICABLE }] })
}

fn field_schema(field: &Field) -> Value {
    let least = usize::from(field.required);
    match &field.kind {
        FieldKind::Text(max) | FieldKind::Words(max) => {
            json!({ "type": "string", "minLength": least, "maxLength": max })
        }
        FieldKind::Secret => json!({ "type": "string", "minLength": least, "maxLength": 1000 }),
        FieldKind::Email => json!({ "type": "string", "format": "email", "maxLength": 254 }),
        FieldKind::Whole(least, most) => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        FieldKind::Decimal(least, most) => {
            json!({ "type": "number", "minimum": least, "maximum": most })
        }
        FieldKind::Version => json!({ "type": "integer" }),
        FieldKind::Day => json!({ "type": "string", "format": "date" }),
        FieldKind::Choice(choices) => choice_schema(choices),
        FieldKind::Many(choices) => json!({ "type": "array", "items": choice_schema(choices),
            "minItems": least }),
        FieldKind::Yes if field.required => json!({ "const": true }),
        FieldKind::Yes => json!({ "type": "boolean" }),
        FieldKind::File(_) => json!({ "type": "object", "required": ["name", "base64"],
            "properties": { "name": { "type": "string" }, "mime": { "type": "string" },
                "base64": { "type": "string", "contentEncoding": "base64" } } }),
        FieldKind::Names(max) => {
            let text = json!({ "type": "string", "maxLength": max });
            json!({ "type": "object", "additionalProperties": false, "minProperties": least,
                "properties": { "en": text, "fr": text, "ar": text } })
        }
    }
}

fn choice_schema(choices: &Choices) -> Value {
    match choices {
        Choices::Fixed(_, codes) => json!({ "type": "string", "enum": codes }),
        Choices::Listed(_) => json!({ "type": "string" }),
    }
}

fn problem_schema() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {
            "type": { "type": "string" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "errors": { "type": "array", "items": {
                "type": "object",
                "required": ["field", "code", "detail"],
                "properties": {
                    "field": { "type": "string" },
                    "code": { "type": "string" },
                    "detail": { "type": "string" }
                }
            } },
            "saved": { "type": "object" },
            "version": { "type": "integer" }
        }
    })
}
