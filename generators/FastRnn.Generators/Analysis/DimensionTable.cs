using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>The dimensions of a cell.</summary>
internal static class DimensionTable
{
    private const string Library = "global::FastRnn.Language.";

    /// <summary>The cell's own dimensions in the order of their first appearance: in the fields, then in Step.</summary>
    public static EquatableArray<string> Own(CellSpec cell) =>
        new(All(cell).Select(d => d.Dimension.Name).Where(name => name is not ("Input" or "Hidden")).Distinct());

    /// <summary>Reports two types of one name: the rest of the generator knows dimensions by name.</summary>
    public static void Check(CellSpec cell, List<Problem> problems)
    {
        var types = new Dictionary<string, string> { ["Input"] = Library + "Input", ["Hidden"] = Library + "Hidden" };
        var reported = new HashSet<string>();
        foreach (var (dimension, place) in All(cell).Where(d => d.Dimension.TypeName.Length > 0))
        {
            if (!types.TryGetValue(dimension.Name, out var known))
            {
                types.Add(dimension.Name, dimension.TypeName);
            }
            else if (known != dimension.TypeName && reported.Add(dimension.Name))
            {
                problems.Add(Problem.Of(Descriptors.DimensionName, place, dimension.Name));
            }
        }
    }

    private static IEnumerable<(DimensionName Dimension, Place Place)> All(CellSpec cell)
    {
        foreach (var field in cell.Fields)
        {
            yield return (field.Type.Rows, field.Place);
            if (field.Type.Columns is { } columns)
            {
                yield return (columns, field.Place);
            }
        }

        foreach (var state in cell.Step.Returned.Concat(cell.Step.Taken))
        {
            yield return (state.Type.Rows, state.Place);
        }
    }
}
