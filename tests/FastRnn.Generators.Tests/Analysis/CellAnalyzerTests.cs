using FastRnn.Generators.Analysis;
using FastRnn.Generators.Parsing;
using FastRnn.Generators.Tests.Harness;

namespace FastRnn.Generators.Tests.Analysis;

public class CellAnalyzerTests
{
    [Fact]
    public void Lstm_is_a_graph_in_the_order_of_its_statements()
    {
        var graph = Graph(Sources.Lstm, "Lstm");

        Assert.Equal(["h", "c"], graph.States.Select(s => s.Name));
        Assert.Equal(12, graph.Parameters.Count);
        Assert.Equal("c = f * c + i * g", graph.Equations[4].Text);
        Assert.Equal("h", graph.Nodes[graph.NewStates[0]].Name);
    }

    private static CellGraph Graph(string source, string name) =>
        CellAnalyzer.Analyze(CellReader.Read(name, source[source.IndexOf("[Cell]", StringComparison.Ordinal)..], out _)!).Graph!;
}
