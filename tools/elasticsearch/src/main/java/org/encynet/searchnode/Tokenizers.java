package org.encynet.searchnode;

import static org.encynet.searchnode.Factories.tokenizer;

import java.util.Map;
import org.apache.lucene.analysis.cn.smart.HMMChineseTokenizer;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.icu.segmentation.ICUTokenizer;
import org.apache.lucene.analysis.ja.JapaneseTokenizer;
import org.apache.lucene.analysis.ko.KoreanTokenizer;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/** What cuts the text into tokens; `standard` is the server's own. */
final class Tokenizers {

    private Tokenizers() {}

    static final Map<String, AnalysisProvider<TokenizerFactory>> ALL = Map.of(
        "keyword", tokenizer((env, s) -> KeywordTokenizer::new),
        "whitespace", tokenizer((env, s) -> WhitespaceTokenizer::new),
        "ngram", GramTokenizers::ngram,
        "edge_ngram", GramTokenizers::edgeNgram,
        "icu_tokenizer", tokenizer((env, s) -> ICUTokenizer::new),
        "smartcn_tokenizer", tokenizer((env, s) -> HMMChineseTokenizer::new),
        "nori_tokenizer", tokenizer((env, s) -> {
            var dictionary = Korean.dictionary(env, s);
            var mode = Korean.decompoundMode(s);
            boolean discard = s.getAsBoolean("discard_punctuation", true);
            return () -> new KoreanTokenizer(KoreanTokenizer.DEFAULT_TOKEN_ATTRIBUTE_FACTORY, dictionary, mode, false, discard);
        }),
        "kuromoji_tokenizer", tokenizer((env, s) -> {
            var dictionary = Japanese.dictionary(env, s);
            var mode = Japanese.mode(s);
            boolean discard = s.getAsBoolean("discard_punctuation", true);
            boolean discardCompound = s.getAsBoolean("discard_compound_token", false);
            return () -> new JapaneseTokenizer(dictionary, discard, discardCompound, mode);
        }));
}
