package org.encynet.searchnode;

import static org.encynet.searchnode.Factories.charFilter;
import static org.encynet.searchnode.Factories.normalizingCharFilter;

import com.ibm.icu.text.Normalizer2;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.charfilter.HTMLStripCharFilter;
import org.apache.lucene.analysis.charfilter.MappingCharFilter;
import org.apache.lucene.analysis.charfilter.NormalizeCharMap;
import org.apache.lucene.analysis.icu.ICUNormalizer2CharFilter;
import org.apache.lucene.analysis.ja.JapaneseIterationMarkCharFilter;
import org.apache.lucene.analysis.pattern.PatternReplaceCharFilter;
import org.elasticsearch.common.regex.Regex;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;

/** What changes the text before it is cut into tokens. */
final class CharFilters {

    private static final Pattern ESCAPED_CODE = Pattern.compile("\\\\u([0-9A-Fa-f]{4})");

    private CharFilters() {}

    static final Map<String, AnalysisProvider<CharFilterFactory>> ALL = Map.of(
        "html_strip", charFilter((env, s) -> {
            Set<String> kept = Set.copyOf(s.getAsList("escaped_tags"));
            return in -> new HTMLStripCharFilter(in, kept);
        }),
        "icu_normalizer", normalizingCharFilter((env, s) -> {
            Normalizer2 normalizer = Unicode.normalizer(s);
            return in -> new ICUNormalizer2CharFilter(in, normalizer);
        }),
        "kuromoji_iteration_mark", normalizingCharFilter((env, s) -> {
            boolean kanji = s.getAsBoolean("normalize_kanji", true);
            boolean kana = s.getAsBoolean("normalize_kana", true);
            return in -> new JapaneseIterationMarkCharFilter(in, kanji, kana);
        }),
        "mapping", AnalysisPlugin.requiresAnalysisSettings(normalizingCharFilter((env, s) -> {
            NormalizeCharMap map = charMap(Analysis.getWordList(env, s, "mappings"));
            return in -> new MappingCharFilter(map, in);
        })),
        "pattern_replace", AnalysisPlugin.requiresAnalysisSettings(normalizingCharFilter((env, s) -> {
            Pattern pattern = Regex.compile(s.get("pattern"), s.get("flags"));
            String replacement = s.get("replacement", "");
            return in -> new PatternReplaceCharFilter(pattern, replacement, in);
        })));

    private static NormalizeCharMap charMap(List<String> rules) {
        NormalizeCharMap.Builder map = new NormalizeCharMap.Builder();
        for (String rule : rules) {
            String[] sides = rule.split("=>", 2);
            if (sides.length != 2) throw new IllegalArgumentException("Invalid mapping rule: [" + rule + "]");
            map.add(unescaped(sides[0].strip()), unescaped(sides[1].strip()));
        }
        return map.build();
    }

    /** Java's own escapes, and a backslash, u and four hexadecimal digits: the only way to name a space at a rule's end. */
    private static String unescaped(String side) {
        return ESCAPED_CODE.matcher(side).replaceAll(code -> {
            String character = Character.toString(Integer.parseInt(code.group(1), 16));
            return Matcher.quoteReplacement(character.equals("\\") ? "\\\\" : character);
        }).translateEscapes();
    }
}
