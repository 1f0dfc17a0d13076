using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>Finds the cells that layers name: in this compilation, or by the source that another assembly recorded.</summary>
internal sealed class CellResolver(EquatableArray<CellGraph> cells, List<Problem> problems)
{
    private readonly Dictionary<string, CellOutcome?> recorded = [];

    /// <summary>Null if there is no such cell, or if it is one of this compilation with problems of its own.</summary>
    public CellGraph? Resolve(LayerSpec layer)
    {
        var cell = layer.Cell;
        if (!cell.IsMarked)
        {
            problems.Add(Problem.Of(Descriptors.NotACell, layer.CellPlace, cell.FullName));
            return null;
        }

        var graph = cell.Assembly.Length == 0 ? cells.FirstOrDefault(c => c.TypeName == cell.FullName) : Recorded(layer);
        if (graph is null || graph.OwnDimensions.Count == layer.Dimensions.Count)
        {
            return graph;
        }

        var names = graph.OwnDimensions.Count switch
        {
            0 => "no dimensions",
            1 => $"1 dimension ({graph.OwnDimensions[0]})",
            var count => $"{count} dimensions ({string.Join(", ", graph.OwnDimensions)})",
        };
        problems.Add(Problem.Of(Descriptors.OwnDimensions, layer.Place, graph.Name, names, $"{layer.Dimensions.Count}"));
        return null;
    }

    private CellGraph? Recorded(LayerSpec layer)
    {
        var cell = layer.Cell;
        var problem = "it has not recorded them; was it built with this generator?";
        if (!recorded.TryGetValue(cell.FullName, out var outcome))
        {
            var spec = cell.Source is null ? null : CellReader.Read(cell.FullName, cell.Source, out problem);
            outcome = spec is null ? null : CellAnalyzer.Analyze(spec);
            recorded.Add(cell.FullName, outcome);
            if (outcome?.Graph is null)
            {
                problem = outcome?.Problems.FirstOrDefault(p => p.IsError)?.Message ?? problem;
                problems.Add(Problem.Of(Descriptors.NoSource, layer.CellPlace, cell.FullName, cell.Assembly, problem));
            }
        }

        return outcome?.Graph;
    }
}
