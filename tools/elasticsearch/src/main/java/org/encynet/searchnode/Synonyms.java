package org.encynet.searchnode;

import java.io.IOException;
import java.io.StringReader;
import java.text.ParseException;
import java.util.List;
import java.util.function.Function;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.synonym.SolrSynonymParser;
import org.apache.lucene.analysis.synonym.SynonymFilter;
import org.apache.lucene.analysis.synonym.SynonymGraphFilter;
import org.apache.lucene.analysis.synonym.SynonymMap;
import org.apache.lucene.util.CharsRef;
import org.apache.lucene.util.CharsRefBuilder;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.IndexService.IndexCreationContext;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.CustomAnalyzer;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;

/** `synonym` and `synonym_graph`, whose rules stand in the index settings (`synonyms`, Solr's format). */
record Synonyms(String name, Settings settings, boolean graph) implements TokenFilterFactory {

    Synonyms {
        if (settings.hasValue("synonyms") == false) {
            throw new IllegalArgumentException("[" + name + "] needs [synonyms]: this node reads neither files nor synonym sets");
        }
    }

    @Override
    public TokenStream create(TokenStream in) {
        throw new IllegalStateException("[" + name + "] is only usable inside an analyzer");
    }

    /** The rules pass through the tokenizer and the filters that stand before this one, so each chain has its own map. */
    @Override
    public TokenFilterFactory getChainAwareTokenFilterFactory(IndexCreationContext context, TokenizerFactory tokenizer,
            List<CharFilterFactory> charFilters, List<TokenFilterFactory> previous, Function<String, TokenFilterFactory> all) {
        Analyzer chain = new CustomAnalyzer(tokenizer, charFilters.toArray(CharFilterFactory[]::new),
            previous.stream().map(TokenFilterFactory::getSynonymFilter).toArray(TokenFilterFactory[]::new));
        Parser parser = new Parser(settings.getAsBoolean("expand", true), settings.getAsBoolean("lenient", false), chain);
        try {
            parser.parse(new StringReader(String.join("\n", settings.getAsList("synonyms"))));
            return new Built(name, graph, parser.build());
        } catch (IOException | ParseException e) {
            throw new IllegalArgumentException("failed to build synonyms of [" + name + "]", e);
        }
    }

    private record Built(String name, boolean graph, SynonymMap map) implements TokenFilterFactory {
        @Override
        public TokenStream create(TokenStream in) {
            if (map.fst == null) return in;
            return graph ? new SynonymGraphFilter(in, map, false) : new SynonymFilter(in, map, false);
        }

        @Override
        public TokenFilterFactory getSynonymFilter() {
            return IDENTITY_FILTER;
        }
    }

    /** With `lenient`, a rule that the chain leaves nothing of, or cannot read, is left out instead of refused. */
    private static final class Parser extends SolrSynonymParser {
        private final boolean lenient;

        Parser(boolean expand, boolean lenient, Analyzer analyzer) {
            super(true, expand, analyzer);
            this.lenient = lenient;
        }

        @Override
        public CharsRef analyze(String text, CharsRefBuilder reuse) throws IOException {
            try {
                return super.analyze(text, reuse);
            } catch (IllegalArgumentException e) {
                if (lenient) return new CharsRef("");
                throw e;
            }
        }

        @Override
        public void add(CharsRef input, CharsRef output, boolean includeOriginal) {
            if (lenient == false || (input.length > 0 && output.length > 0)) super.add(input, output, includeOriginal);
        }
    }
}
