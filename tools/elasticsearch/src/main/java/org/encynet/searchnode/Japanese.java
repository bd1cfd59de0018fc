package org.encynet.searchnode;

import java.io.IOException;
import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.lucene.analysis.ja.JapaneseAnalyzer;
import org.apache.lucene.analysis.ja.JapaneseTokenizer;
import org.apache.lucene.analysis.ja.dict.UserDictionary;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.analysis.Analysis;

/** The settings that the kuromoji components share. */
final class Japanese {

    private Japanese() {}

    /** The words of `user_dictionary` (a file) or `user_dictionary_rules`, or null where there are none. */
    static UserDictionary dictionary(Environment env, Settings s) throws IOException {
        List<String> rules = Analysis.getWordList(env, s, "user_dictionary", "user_dictionary_rules", false);
        return rules == null || rules.isEmpty() ? null : UserDictionary.open(new StringReader(String.join("\n", rules)));
    }

    static JapaneseTokenizer.Mode mode(Settings s) {
        return JapaneseTokenizer.Mode.valueOf(s.get("mode", "search").toUpperCase(Locale.ROOT));
    }

    static Set<String> stopTags(Environment env, Settings s) {
        List<String> tags = Analysis.getWordList(env, s, "stoptags");
        return tags == null ? JapaneseAnalyzer.getDefaultStopTags() : new HashSet<>(tags);
    }
}
