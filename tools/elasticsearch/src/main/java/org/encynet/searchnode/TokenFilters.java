package org.encynet.searchnode;

import static java.util.Map.entry;
import static org.encynet.searchnode.Factories.filter;
import static org.encynet.searchnode.Factories.normalizing;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.Transliterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.en.EnglishMinimalStemFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.icu.ICUFoldingFilter;
import org.apache.lucene.analysis.icu.ICUNormalizer2Filter;
import org.apache.lucene.analysis.icu.ICUTransformFilter;
import org.apache.lucene.analysis.ja.JapaneseAnalyzer;
import org.apache.lucene.analysis.ja.JapaneseBaseFormFilter;
import org.apache.lucene.analysis.ja.JapaneseKatakanaStemFilter;
import org.apache.lucene.analysis.ja.JapaneseNumberFilter;
import org.apache.lucene.analysis.ja.JapanesePartOfSpeechStopFilter;
import org.apache.lucene.analysis.ja.JapaneseReadingFormFilter;
import org.apache.lucene.analysis.ko.KoreanNumberFilter;
import org.apache.lucene.analysis.ko.KoreanPartOfSpeechStopFilter;
import org.apache.lucene.analysis.ko.KoreanReadingFormFilter;
import org.apache.lucene.analysis.ko.POS;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.miscellaneous.LimitTokenCountFilter;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.miscellaneous.TruncateTokenFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterIterator;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;

/** What changes, drops or adds tokens; `stop` and `shingle` are the server's own. */
final class TokenFilters {

    private TokenFilters() {}

    static final Map<String, AnalysisProvider<TokenFilterFactory>> ALL = Map.ofEntries(
        entry("lowercase", normalizing((env, s) -> LowerCaseFilter::new)),
        entry("asciifolding", (index, env, name, s) -> {
            boolean original = s.getAsBoolean("preserve_original", false);
            // A normalizer must yield one token, so there the original is dropped.
            return new Factories.NormalizingFilter(name, in -> new ASCIIFoldingFilter(in, original), ASCIIFoldingFilter::new);
        }),
        entry("length", filter((env, s) -> {
            int min = s.getAsInt("min", 0);
            int max = s.getAsInt("max", Integer.MAX_VALUE);
            return in -> new LengthFilter(in, min, max);
        })),
        entry("limit", filter((env, s) -> {
            int count = s.getAsInt("max_token_count", 1);
            boolean all = s.getAsBoolean("consume_all_tokens", false);
            return in -> new LimitTokenCountFilter(in, count, all);
        })),
        entry("truncate", filter((env, s) -> {
            int length = s.getAsInt("length", 10);
            return in -> new TruncateTokenFilter(in, length);
        })),
        entry("unique", filter((env, s) ->
            s.getAsBoolean("only_on_same_position", false) ? RemoveDuplicatesTokenFilter::new : UniqueFilter::new)),
        entry("remove_duplicates", filter((env, s) -> RemoveDuplicatesTokenFilter::new)),
        entry("flatten_graph", filter((env, s) -> FlattenGraphFilter::new)),
        entry("word_delimiter_graph", filter((env, s) -> {
            int flags = wordDelimiterFlags(s);
            boolean adjust = s.getAsBoolean("adjust_offsets", true);
            CharArraySet keep = Analysis.getWordSet(env, s, "protected_words");
            return in -> new WordDelimiterGraphFilter(in, adjust, WordDelimiterIterator.DEFAULT_WORD_DELIM_TABLE, flags, keep);
        })),
        entry("ngram", Grams::ngram),
        entry("edge_ngram", Grams::edgeNgram),
        entry("synonym", AnalysisPlugin.requiresAnalysisSettings((index, env, name, s) -> new Synonyms(name, s, false))),
        entry("synonym_graph", AnalysisPlugin.requiresAnalysisSettings((index, env, name, s) -> new Synonyms(name, s, true))),
        // English
        entry("stemmer", filter((env, s) -> stemmer(s.get("language", s.get("name", "porter"))))),
        entry("porter_stem", filter((env, s) -> PorterStemFilter::new)),
        entry("snowball", filter((env, s) -> {
            String language = s.get("language", "English");
            return in -> new SnowballFilter(in, language);
        })),
        // Chinese, Japanese, Korean
        entry("cjk_width", normalizing((env, s) -> CJKWidthFilter::new)),
        entry("cjk_bigram", filter((env, s) -> {
            int scripts = cjkScripts(s.getAsList("ignored_scripts"));
            boolean unigrams = s.getAsBoolean("output_unigrams", false);
            return in -> new CJKBigramFilter(in, scripts, unigrams);
        })),
        entry("nori_part_of_speech", filter((env, s) -> {
            Set<POS.Tag> tags = Korean.stopTags(env, s);
            return in -> new KoreanPartOfSpeechStopFilter(in, tags);
        })),
        entry("nori_readingform", filter((env, s) -> KoreanReadingFormFilter::new)),
        entry("nori_number", filter((env, s) -> KoreanNumberFilter::new)),
        entry("kuromoji_baseform", filter((env, s) -> JapaneseBaseFormFilter::new)),
        entry("kuromoji_part_of_speech", filter((env, s) -> {
            Set<String> tags = Japanese.stopTags(env, s);
            return in -> new JapanesePartOfSpeechStopFilter(in, tags);
        })),
        entry("kuromoji_readingform", filter((env, s) -> {
            boolean romaji = s.getAsBoolean("use_romaji", false);
            return in -> new JapaneseReadingFormFilter(in, romaji);
        })),
        entry("kuromoji_stemmer", filter((env, s) -> {
            int length = s.getAsInt("minimum_length", 4);
            return in -> new JapaneseKatakanaStemFilter(in, length);
        })),
        entry("kuromoji_number", filter((env, s) -> JapaneseNumberFilter::new)),
        entry("ja_stop", stop("_japanese_", JapaneseAnalyzer::getDefaultStopSet)),
        entry("smartcn_stop", stop("_smartcn_", SmartChineseAnalyzer::getDefaultStopSet)),
        // Unicode
        entry("icu_folding", normalizing((env, s) -> {
            Normalizer2 folding = Unicode.filtered(ICUFoldingFilter.NORMALIZER, s);
            return in -> new ICUNormalizer2Filter(in, folding);
        })),
        entry("icu_normalizer", normalizing((env, s) -> {
            Normalizer2 normalizer = Unicode.normalizer(s);
            return in -> new ICUNormalizer2Filter(in, normalizer);
        })),
        entry("icu_transform", normalizing((env, s) -> {
            int direction = "reverse".equals(s.get("dir", "forward")) ? Transliterator.REVERSE : Transliterator.FORWARD;
            Transliterator transform = Transliterator.getInstance(s.get("id", "Null"), direction);
            return in -> new ICUTransformFilter(in, transform);
        })));

    private static AnalysisProvider<TokenFilterFactory> stop(String named, Supplier<CharArraySet> defaults) {
        return filter((env, s) -> {
            CharArraySet words = Analysis.parseWords(
                env, s, "stopwords", defaults.get(), Map.of(named, defaults.get()), s.getAsBoolean("ignore_case", false));
            return in -> new StopFilter(in, words);
        });
    }

    private static UnaryOperator<TokenStream> stemmer(String language) {
        return switch (language.toLowerCase(Locale.ROOT)) {
            case "english", "porter" -> PorterStemFilter::new;
            case "light_english", "kstem" -> KStemFilter::new;
            case "minimal_english" -> EnglishMinimalStemFilter::new;
            case "possessive_english" -> EnglishPossessiveFilter::new;
            case "porter2" -> in -> new SnowballFilter(in, "English");
            default -> throw new IllegalArgumentException("Invalid stemmer [" + language + "]: this node has the English ones only");
        };
    }

    private static int cjkScripts(List<String> ignored) {
        Map<String, Integer> flags = Map.of(
            "han", CJKBigramFilter.HAN, "hiragana", CJKBigramFilter.HIRAGANA,
            "katakana", CJKBigramFilter.KATAKANA, "hangul", CJKBigramFilter.HANGUL);
        return flags.entrySet().stream().filter(f -> ignored.contains(f.getKey()) == false).mapToInt(Map.Entry::getValue).sum();
    }

    private static int wordDelimiterFlags(Settings s) {
        record Flag(String key, boolean on, int bit) {}
        return List.of(
            new Flag("generate_word_parts", true, WordDelimiterGraphFilter.GENERATE_WORD_PARTS),
            new Flag("generate_number_parts", true, WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS),
            new Flag("catenate_words", false, WordDelimiterGraphFilter.CATENATE_WORDS),
            new Flag("catenate_numbers", false, WordDelimiterGraphFilter.CATENATE_NUMBERS),
            new Flag("catenate_all", false, WordDelimiterGraphFilter.CATENATE_ALL),
            new Flag("preserve_original", false, WordDelimiterGraphFilter.PRESERVE_ORIGINAL),
            new Flag("split_on_case_change", true, WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE),
            new Flag("split_on_numerics", true, WordDelimiterGraphFilter.SPLIT_ON_NUMERICS),
            new Flag("stem_english_possessive", true, WordDelimiterGraphFilter.STEM_ENGLISH_POSSESSIVE),
            new Flag("ignore_keywords", false, WordDelimiterGraphFilter.IGNORE_KEYWORDS)
        ).stream().filter(f -> s.getAsBoolean(f.key, f.on)).mapToInt(Flag::bit).sum();
    }
}
