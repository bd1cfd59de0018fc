package org.encynet.searchnode;

import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.analysis.TokenFilterFactory;

/** `ngram` and `edge_ngram`: every part of a token, or every beginning of it, of `min_gram` to `max_gram` characters. */
record Grams(int min, int max, boolean keepOriginal) {

    static Grams of(Settings s) {
        return new Grams(s.getAsInt("min_gram", 1), s.getAsInt("max_gram", 2), s.getAsBoolean("preserve_original", false));
    }

    /** Likewise, refusing more lengths than the index allows. */
    static Grams within(IndexSettings index, Settings s) {
        Grams g = of(s);
        if (g.max - g.min > index.getMaxNgramDiff()) {
            throw new IllegalArgumentException(
                "max_gram - min_gram must be at most index.max_ngram_diff [" + index.getMaxNgramDiff() + "]");
        }
        return g;
    }

    static TokenFilterFactory ngram(IndexSettings index, Environment env, String name, Settings s) {
        Grams g = within(index, s);
        return new GramFilter(name, in -> new NGramTokenFilter(in, g.min, g.max, g.keepOriginal));
    }

    static TokenFilterFactory edgeNgram(IndexSettings index, Environment env, String name, Settings s) {
        Grams g = of(s);
        return new GramFilter(name, in -> new EdgeNGramTokenFilter(in, g.min, g.max, g.keepOriginal));
    }

    private record GramFilter(String name, UnaryOperator<TokenStream> wrap) implements TokenFilterFactory {
        @Override
        public TokenStream create(TokenStream in) {
            return wrap.apply(in);
        }

        @Override
        public boolean breaksFastVectorHighlighter() {
            return true;
        }

        @Override
        public TokenFilterFactory getSynonymFilter() {
            throw new IllegalArgumentException("Token filter [" + name + "] cannot be used to parse synonyms");
        }
    }
}
