using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>A model and, of all cells of the compilation, those that it names: a change to another cell is none to it.</summary>
internal sealed record LinkedModel(ModelSpec Model, EquatableArray<CellGraph> Cells)
{
    public static LinkedModel Link(ModelSpec model, IEnumerable<CellOutcome> cells)
    {
        var names = new HashSet<string>(
            model.Attributes.OfType<LayerSpec>().Where(l => l.Cell.Assembly.Length == 0).Select(l => l.Cell.FullName));
        return new LinkedModel(model, new(cells.Where(c => c.Graph is not null && names.Contains(c.Key)).Select(c => c.Graph!)));
    }
}
