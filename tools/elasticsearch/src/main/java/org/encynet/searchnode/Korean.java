package org.encynet.searchnode;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.ko.KoreanPartOfSpeechStopFilter;
import org.apache.lucene.analysis.ko.KoreanTokenizer;
import org.apache.lucene.analysis.ko.POS;
import org.apache.lucene.analysis.ko.dict.UserDictionary;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.analysis.Analysis;

/** The settings that the nori components share. */
final class Korean {

    private Korean() {}

    /** The words of `user_dictionary` (a file) or `user_dictionary_rules`, or null where there are none. */
    static UserDictionary dictionary(Environment env, Settings s) throws IOException {
        List<String> rules = Analysis.getWordList(env, s, "user_dictionary", "user_dictionary_rules", true);
        return rules == null || rules.isEmpty() ? null : UserDictionary.open(new StringReader(String.join("\n", rules)));
    }

    static KoreanTokenizer.DecompoundMode decompoundMode(Settings s) {
        return KoreanTokenizer.DecompoundMode.valueOf(s.get("decompound_mode", "discard").toUpperCase(Locale.ROOT));
    }

    static Set<POS.Tag> stopTags(Environment env, Settings s) {
        List<String> tags = Analysis.getWordList(env, s, "stoptags");
        return tags == null
            ? KoreanPartOfSpeechStopFilter.DEFAULT_STOP_TAGS
            : tags.stream().map(POS::resolveTag).collect(Collectors.toSet());
    }
}
