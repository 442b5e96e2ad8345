//! Parser events to trees. The parser keeps its own stack, and so does this: no input can overflow ours.

use std::collections::BTreeMap;
use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Tag};

use super::{Map, MergeTag, Node, Value};
use crate::convert::finding::shorten;
use crate::convert::{At, Finding, Findings, Place, SourceFile, limits};
use crate::lang::phrases;

phrases! {
    mod say {
        fn quote_key(brace: Text) {
            en: "check the indentation; quote a key that begins with [ or {brace}",
            de: "die Einrückung prüfen; einen Schlüssel, der mit [ oder {brace} beginnt, in \
                 Anführungszeichen setzen",
            fr: "vérifier l’indentation ; mettre entre guillemets une clé qui commence par [ ou {brace}",
        }
        fn too_long(a: Text, b: Text) {
            en: "the file has {a} bytes; at most {b} are read",
            de: "die Datei hat {a} Bytes; höchstens {b} werden gelesen",
            fr: "le fichier a {a} octets ; {b} au plus sont lus",
        }
        fn give_own {
            en: "give the deployment's own files",
            de: "die eigenen Dateien des Projekts geben",
            fr: "donner les fichiers propres au projet",
        }
        fn no_tabs {
            en: "YAML allows no tabs for indentation: use spaces",
            de: "YAML erlaubt keine Tabulatoren zum Einrücken: Leerzeichen benutzen",
            fr: "YAML n’admet pas de tabulations pour l’indentation : employer des espaces",
        }
        fn check_lines {
            en: "check this line and the one above: indentation, a colon without a space behind it, an \
                 open quote",
            de: "diese Zeile und die darüber prüfen: Einrückung, ein Doppelpunkt ohne Leerzeichen, ein \
                 offenes Anführungszeichen",
            fr: "vérifier cette ligne et la précédente : indentation, deux-points sans espace, \
                 guillemet ouvert",
        }
        fn not_yaml(said: Text) {
            en: "not YAML: {said}",
            de: "kein YAML: {said}",
            fr: "pas du YAML : {said}",
        }
        fn alias_inside {
            en: "this alias stands inside the anchor that it names",
            de: "dieser Alias steht in dem Anker, den er nennt",
            fr: "cet alias est à l’intérieur de l’ancre qu’il nomme",
        }
        fn end_anchor {
            en: "end the anchored value before using it",
            de: "den verankerten Wert beenden, bevor er benutzt wird",
            fr: "terminer la valeur ancrée avant de s’en servir",
        }
        fn too_many(a: Text) {
            en: "more than {a} values when aliases are written out",
            de: "mehr als {a} Werte, wenn die Aliase ausgeschrieben sind",
            fr: "plus de {a} valeurs une fois les alias développés",
        }
        fn fewer_aliases {
            en: "use fewer aliases inside aliases, and smaller files",
            de: "weniger Aliase in Aliasen benutzen, und kleinere Dateien",
            fr: "moins d’alias dans des alias, et de plus petits fichiers",
        }
        fn too_deep(a: Text) {
            en: "more than {a} maps and lists inside each other",
            de: "mehr als {a} Zuordnungen und Listen ineinander",
            fr: "plus de {a} tables et listes imbriquées",
        }
        fn needs_no_depth {
            en: "no Compose file needs that depth: check the indentation",
            de: "keine Compose-Datei braucht diese Tiefe: die Einrückung prüfen",
            fr: "aucun fichier Compose n’a besoin de cette profondeur : vérifier l’indentation",
        }
        fn key_text {
            en: "a key must be a text, not a list or a map",
            de: "ein Schlüssel muss ein Text sein, keine Liste und keine Zuordnung",
            fr: "une clé doit être un texte, pas une liste ni une table",
        }
        fn one_merge {
            en: "write one `<<: [*a, *b]`",
            de: "ein einziges `<<: [*a, *b]` schreiben",
            fr: "écrire un seul `<<: [*a, *b]`",
        }
        fn keep_one {
            en: "keep one of the two",
            de: "eines von beiden behalten",
            fr: "garder l’un des deux",
        }
        fn merge_needs(a: Word) {
            en: "`<<` needs a map or a list of maps, not {a}",
            de: "`<<` braucht eine Zuordnung oder eine Liste davon, nicht {a}",
            fr: "`<<` veut une table ou une liste de tables, pas {a}",
        }
        fn give_alias {
            en: "give it an alias of a map, such as `<<: *name`",
            de: "ihm einen Alias einer Zuordnung geben, etwa `<<: *name`",
            fr: "lui donner un alias de table, par exemple `<<: *name`",
        }
    }
}

/// The documents of a file, or nothing when it is no YAML; then a finding says where it breaks.
pub fn load(source: &SourceFile, findings: &mut Findings) -> Option<Vec<Node>> {
    let file: Arc<str> = Arc::from(source.name.as_str());
    if source.text.len() > limits::FILE_BYTES {
        let text = say::too_long(&source.text.len(), &limits::FILE_BYTES);
        findings.push(Finding::error(&Place::new(&file, 1), text).remedy(say::give_own()));
        return None;
    }
    let text = source.text.strip_prefix('\u{feff}').unwrap_or(&source.text);
    let mut loader = Loader::new(&file);
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let outcome = match event {
            Ok((event, span)) => loader.take(event, span.start.line()),
            Err(error) => Err(syntax(&file, &error, text)),
        };
        if let Err(finding) = outcome {
            findings.push(finding);
            return None;
        }
    }
    Some(loader.documents)
}

/// What the YAML scanner says, with the usual cause where it can be told.
fn syntax(file: &Arc<str>, error: &ScanError, text: &str) -> Finding {
    let line = error.marker().line().max(1);
    let written = text.lines().nth(line - 1).unwrap_or_default();
    let indent = &written[..written.len() - written.trim_start().len()];
    let remedy = if indent.contains('\t') { say::no_tabs() } else { say::check_lines() };
    // What the scanner says may quote the input.
    let said: String = error.info().chars().filter(|c| !c.is_control()).take(200).collect();
    Finding::error(&Place::new(file, line), say::not_yaml(&said)).remedy(remedy)
}

/// A map or list that is still open.
struct Open {
    place: Place,
    anchor: usize,
    tag: Option<MergeTag>,
    size: usize,
    depth: usize,
    body: Body,
}

enum Body {
    List(Vec<Node>),
    Map { map: Map, merges: Vec<Node>, key: Option<At<String>> },
}

/// A finished node, its weight and how deep it is.
#[derive(Clone)]
struct Built {
    node: Node,
    size: usize,
    depth: usize,
}

struct Loader {
    file: Arc<str>,
    documents: Vec<Node>,
    stack: Vec<Open>,
    anchors: BTreeMap<usize, Built>,
    /// Nodes made so far, copies behind anchors and aliases included.
    nodes: usize,
}

impl Loader {
    fn new(file: &Arc<str>) -> Self {
        Self {
            file: Arc::clone(file),
            documents: Vec::new(),
            stack: Vec::new(),
            anchors: BTreeMap::new(),
            nodes: 0,
        }
    }

    fn take(&mut self, event: Event<'_>, line: usize) -> Result<(), Finding> {
        let place = Place::new(&self.file, line);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let value = scalar(&text, style, tag.as_deref());
                let node = Node { place, value, tag: merge_tag(tag.as_deref()) };
                let size = node.weight();
                self.count(&node.place, size)?;
                self.finish(Built { node, size, depth: 0 }, anchor)
            }
            Event::SequenceStart(anchor, tag) => {
                self.open(place, anchor, tag.as_deref(), Body::List(Vec::new()))
            }
            Event::MappingStart(anchor, tag) => {
                let body = Body::Map { map: Map::default(), merges: Vec::new(), key: None };
                self.open(place, anchor, tag.as_deref(), body)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Alias(anchor) => match self.anchors.get(&anchor).cloned() {
                Some(built) => {
                    self.count(&place, built.size)?;
                    self.finish(built, 0)
                }
                None => Err(Finding::error(&place, say::alias_inside()).remedy(say::end_anchor())),
            },
            Event::DocumentEnd => {
                self.anchors.clear();
                Ok(())
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => Ok(()),
        }
    }

    fn open(&mut self, place: Place, anchor: usize, tag: Option<&Tag>, body: Body) -> Result<(), Finding> {
        self.check_depth(&place, self.stack.len() + 1)?;
        self.count(&place, 1)?;
        self.stack.push(Open { place, anchor, tag: merge_tag(tag), size: 1, depth: 1, body });
        Ok(())
    }

    /// Counts nodes that are made; a copy behind an anchor or alias counts with all that is in it.
    fn count(&mut self, place: &Place, made: usize) -> Result<(), Finding> {
        self.nodes += made;
        if self.nodes <= limits::NODES {
            return Ok(());
        }
        let text = say::too_many(&limits::NODES);
        Err(Finding::error(place, text).remedy(say::fewer_aliases()))
    }

    fn check_depth(&self, place: &Place, depth: usize) -> Result<(), Finding> {
        if depth <= limits::DEPTH {
            return Ok(());
        }
        let text = say::too_deep(&limits::DEPTH);
        Err(Finding::error(place, text).remedy(say::needs_no_depth()))
    }

    fn close(&mut self) -> Result<(), Finding> {
        let Some(open) = self.stack.pop() else { return Ok(()) };
        let value = match open.body {
            Body::List(items) => Value::List(items),
            Body::Map { map, merges, .. } => Value::Map(merged(map, merges)?),
        };
        let node = Node { place: open.place, value, tag: open.tag };
        self.finish(Built { node, size: open.size, depth: open.depth }, open.anchor)
    }

    /// Puts a finished node where it belongs: the open map or list, or the list of documents.
    fn finish(&mut self, built: Built, anchor: usize) -> Result<(), Finding> {
        if anchor != 0 {
            self.count(&built.node.place, built.size)?;
        }
        self.check_depth(&built.node.place, self.stack.len() + built.depth)?;
        if anchor != 0 {
            self.anchors.insert(anchor, built.clone());
        }
        let Some(open) = self.stack.last_mut() else {
            self.documents.push(built.node);
            return Ok(());
        };
        open.size += built.size;
        open.depth = open.depth.max(built.depth + 1);
        match &mut open.body {
            Body::List(items) => items.push(built.node),
            Body::Map { map, merges, key } => match key.take() {
                None => *key = Some(key_of(built.node, map, merges)?),
                Some(name) if name.value == "<<" => merges.push(built.node),
                Some(name) => map.set(name, built.node),
            },
        }
        Ok(())
    }
}

/// A key's text; refuses maps, lists and keys that are there already.
fn key_of(node: Node, map: &Map, merges: &[Node]) -> Result<At<String>, Finding> {
    let place = node.place.clone();
    let name = match node.value {
        Value::Scalar { text, .. } => text,
        Value::Null => "null".to_owned(),
        Value::List(_) | Value::Map(_) => {
            return Err(Finding::error(&place, say::key_text()).remedy(say::quote_key(&'{')));
        }
    };
    let is_merge = name == "<<";
    let first = if is_merge { merges.first().map(|node| &node.place) } else { map.place_of(&name) };
    let Some(first) = first else { return Ok(At::new(name, &place)) };
    let text = format!("mapping key \"{}\" already defined at line {}", shorten(&name), first.line);
    let remedy = if is_merge { say::one_merge() } else { say::keep_one() };
    Err(Finding::error(&place, text).remedy(remedy))
}

/// Applies merge keys: what the map says itself wins, then the first map of a list.
fn merged(mut map: Map, merges: Vec<Node>) -> Result<Map, Finding> {
    for merge in merges {
        let place = merge.place.clone();
        let sources = match merge.value {
            Value::List(items) => items,
            _ => vec![merge],
        };
        for source in sources {
            let Value::Map(from) = source.value else {
                let text = say::merge_needs(source.kind());
                return Err(Finding::error(&place, text).remedy(say::give_alias()));
            };
            for (key, node) in from.into_entries() {
                if !map.contains(&key.value) {
                    map.set(key, node);
                }
            }
        }
    }
    Ok(map)
}

fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Value {
    let plain = style == ScalarStyle::Plain;
    let is_text = tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
    if plain && !is_text && matches!(text, "" | "~" | "null" | "Null" | "NULL") {
        return Value::Null;
    }
    Value::Scalar { text: text.to_owned(), plain: plain && !is_text }
}

fn merge_tag(tag: Option<&Tag>) -> Option<MergeTag> {
    let tag = tag.filter(|tag| tag.handle == "!")?;
    match tag.suffix.as_str() {
        "reset" => Some(MergeTag::Reset),
        "override" => Some(MergeTag::Override),
        _ => None,
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
