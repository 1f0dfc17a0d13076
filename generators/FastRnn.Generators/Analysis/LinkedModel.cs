using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>A model and, of all cells of the compilation and of other assemblies, those that it names: a change to another cell is none to
/// it.</summary>
internal sealed record LinkedModel(ModelSpec Model, EquatableArray<CellGraph> Cells, EquatableArray<RecordedCell> Recorded)
{
    public static LinkedModel Link(ModelSpec model, IEnumerable<CellOutcome> cells, IEnumerable<RecordedCell> recorded)
    {
        var names = new HashSet<string>(
            model.Attributes.OfType<LayerSpec>().Where(l => l.Cell.Assembly.Length == 0).Select(l => l.Cell.FullName));
        var named = new HashSet<CellReference>(RecordedCell.NamedBy(model));
        return new LinkedModel(
            model, new(cells.Where(c => c.Graph is not null && names.Contains(c.Key)).Select(c => c.Graph!)),
            new(recorded.Where(c => named.Contains(c.Cell))));
    }
}
