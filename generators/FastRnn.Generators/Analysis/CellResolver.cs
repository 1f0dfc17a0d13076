using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>Finds the cells that layers name: in this compilation, or by the source that another assembly recorded.</summary>
internal sealed class CellResolver(LinkedModel linked, List<Problem> problems)
{
    private readonly HashSet<CellReference> reported = [];

    /// <summary>Null if there is no such cell, or if it is one of this compilation with problems of its own.</summary>
    public CellGraph? Resolve(LayerSpec layer)
    {
        var cell = layer.Cell;
        if (!cell.IsMarked)
        {
            problems.Add(Problem.Of(Descriptors.NotACell, layer.CellPlace, cell.FullName));
            return null;
        }

        var graph = cell.Assembly.Length == 0 ? linked.Cells.FirstOrDefault(c => c.TypeName == cell.FullName) : Recorded(layer);
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
        var found = linked.Recorded.First(recorded => recorded.Cell == layer.Cell);
        if (found.Graph is null && reported.Add(layer.Cell))
        {
            problems.Add(Problem.Of(Descriptors.NoSource, layer.CellPlace, layer.Cell.FullName, layer.Cell.Assembly, found.Problem));
        }

        return found.Graph;
    }
}
