package org.encynet.searchnode;

import static org.encynet.searchnode.Factories.analyzer;

import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.ja.JapaneseAnalyzer;
import org.apache.lucene.analysis.ko.KoreanAnalyzer;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.AnalyzerProvider;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;

/** The ready-made analyzers of the site's languages. */
final class Analyzers {

    private Analyzers() {}

    static final Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> ALL = Map.of(
        "english", analyzer((env, s) -> new EnglishAnalyzer(
            Analysis.parseStopWords(env, s, EnglishAnalyzer.getDefaultStopSet()),
            Analysis.parseStemExclusion(s, CharArraySet.EMPTY_SET))),
        "cjk", analyzer((env, s) -> new CJKAnalyzer(
            Analysis.parseStopWords(env, s, CJKAnalyzer.getDefaultStopSet()))),
        "nori", analyzer((env, s) -> new KoreanAnalyzer(
            Korean.dictionary(env, s), Korean.decompoundMode(s), Korean.stopTags(env, s), false)),
        "kuromoji", analyzer((env, s) -> new JapaneseAnalyzer(
            Japanese.dictionary(env, s), Japanese.mode(s),
            Analysis.parseStopWords(env, s, JapaneseAnalyzer.getDefaultStopSet()), JapaneseAnalyzer.getDefaultStopTags())),
        "smartcn", analyzer((env, s) -> new SmartChineseAnalyzer(true)));
}
