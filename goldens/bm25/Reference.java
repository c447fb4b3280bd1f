import com.google.gson.*;
import java.nio.file.*;
import java.util.*;
import org.apache.lucene.analysis.*;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.en.*;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;

/** Writes lucene.json: the terms and BM25 scores that Lucene gives to cases.json. */
public class Reference {
  /** The chain of Anserini's DefaultEnglishAnalyzer; without `english`, words in lower case only. */
  static Analyzer chain(boolean english) {
    return new Analyzer() {
      protected TokenStreamComponents createComponents(String field) {
        Tokenizer source = new StandardTokenizer();
        TokenStream stream = source;
        if (english) stream = new EnglishPossessiveFilter(stream);
        stream = new LowerCaseFilter(stream);
        if (english) stream = new StopFilter(stream, EnglishAnalyzer.ENGLISH_STOP_WORDS_SET);
        if (english) stream = new PorterStemFilter(stream);
        return new TokenStreamComponents(source, stream);
      }
    };
  }

  static List<String> terms(Analyzer analyzer, String text) throws Exception {
    List<String> terms = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream("text", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) terms.add(term.toString());
      stream.end();
    }
    return terms;
  }

  static String flat(JsonObject document) {
    String title = document.get("title").getAsString();
    String text = document.get("text").getAsString();
    return title.isEmpty() ? text : title + " " + text;
  }

  public static void main(String[] arguments) throws Exception {
    JsonObject cases = JsonParser.parseString(Files.readString(Path.of("cases.json"))).getAsJsonObject();
    Gson gson = new GsonBuilder().disableHtmlEscaping().create();
    JsonObject result = new JsonObject();

    JsonObject tokens = new JsonObject();
    Map<String, Analyzer> analyzers = new LinkedHashMap<>();
    analyzers.put("english", chain(true));
    analyzers.put("standard", chain(false));
    analyzers.put("cjk", new CJKAnalyzer());
    analyzers.put("hindi", new HindiAnalyzer(CharArraySet.EMPTY_SET));
    for (var named : analyzers.entrySet()) {
      JsonArray rows = new JsonArray();
      String texts = named.getKey().equals("standard") ? "english" : named.getKey();
      for (JsonElement text : cases.getAsJsonObject("texts").getAsJsonArray(texts)) {
        rows.add(gson.toJsonTree(terms(named.getValue(), text.getAsString())));
      }
      tokens.add(named.getKey(), rows);
    }
    result.add("tokens", tokens);

    Analyzer english = analyzers.get("english");
    JsonArray documentTerms = new JsonArray();
    for (JsonElement document : cases.getAsJsonArray("documents")) {
      documentTerms.add(String.join(" ", terms(english, flat(document.getAsJsonObject()))));
    }
    result.add("documentTerms", documentTerms);
    JsonArray queryTerms = new JsonArray();
    for (JsonElement query : cases.getAsJsonArray("queries")) {
      queryTerms.add(String.join(" ", terms(english, query.getAsString())));
    }
    result.add("queryTerms", queryTerms);

    JsonArray rankings = new JsonArray();
    for (float[] setting : new float[][] {{0.9f, 0.4f}, {1.2f, 0.75f}}) {
      rankings.add(ranking(cases, english, setting[0], setting[1]));
    }
    result.add("rankings", rankings);
    Files.writeString(Path.of("lucene.json"), gson.toJson(result) + "\n");
  }

  static JsonObject ranking(JsonObject cases, Analyzer analyzer, float k1, float b) throws Exception {
    BM25Similarity similarity = new BM25Similarity(k1, b);
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer).setSimilarity(similarity));
    for (JsonElement element : cases.getAsJsonArray("documents")) {
      Document document = new Document();
      document.add(new StoredField("id", element.getAsJsonObject().get("id").getAsString()));
      document.add(new TextField("text", flat(element.getAsJsonObject()), Field.Store.NO));
      writer.addDocument(document);
    }
    writer.forceMerge(1);
    writer.close();
    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(directory));
    searcher.setSimilarity(similarity);

    JsonArray lists = new JsonArray();
    for (JsonElement query : cases.getAsJsonArray("queries")) {
      // Anserini's bag of words: each term once, weighted by how often it stands in the query.
      Map<String, Integer> counts = new LinkedHashMap<>();
      for (String term : terms(analyzer, query.getAsString())) counts.merge(term, 1, Integer::sum);
      BooleanQuery.Builder bag = new BooleanQuery.Builder();
      counts.forEach((term, count) -> {
        Query one = new TermQuery(new Term("text", term));
        bag.add(new BoostQuery(one, count), BooleanClause.Occur.SHOULD);
      });
      JsonArray list = new JsonArray();
      for (ScoreDoc hit : searcher.search(bag.build(), 1000).scoreDocs) {
        JsonArray row = new JsonArray();
        row.add(searcher.storedFields().document(hit.doc).get("id"));
        row.add(hit.score);
        list.add(row);
      }
      lists.add(list);
    }
    JsonObject result = new JsonObject();
    result.addProperty("k1", Math.round(k1 * 100) / 100.0);
    result.addProperty("b", Math.round(b * 100) / 100.0);
    result.add("lists", lists);
    return result;
  }
}
