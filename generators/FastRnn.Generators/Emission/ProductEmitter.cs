using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits how a kernel asks the runtime's tiles for its sums: its operands, once for all tiles of a step, and a call for each
/// tile.</summary>
internal sealed class ProductEmitter(CodeWriter code, LayerPlan plan, KernelPlan kernel, TilePlan tile, ProductForm form)
{
    /// <summary>What the emitted text calls the runtime's tiles of so many vectors.</summary>
    public static string Alias(int vectors) => "Tile" + CodeWriter.Number(vectors);

    private string TileName => Alias(form.Vectors);

    /// <summary>Emits the operands.</summary>
    /// <param name="address">Where row 0 of an operand's vectors stands, or the one row that is meant.</param>
    /// <param name="row">What follows the tokens of row 0, if another row is meant.</param>
    public void Operands(Func<OperandPlan, string> address, string row = "")
    {
        code.Line("var operands = stackalloc TileOperand[]");
        code.Line("{");
        code.Indent();
        for (var i = 0; i < kernel.Operands.Count; i++)
        {
            var operand = kernel.Operands[i];
            var length = CodeWriter.Number(operand.Length);
            code.Line("// " + operand.Comment);
            code.Line(
                operand.IsToken ? $"new(null, 0, {length}, call.Tokens + ((nint)t * call.Batch){row}),"
                : $"new({address(operand)}, {RowPointers.Stride(plan, operand.Source)}, {length}"
                    + (operand.Chains > 1 ? $", chains: {CodeWriter.Number(operand.Chains)}" : "")
                    + (form.SkipsFirst[i] ? ", skipsFirst: true" : "") + "),");
        }

        code.Outdent();
        code.Line("};");
    }

    /// <summary>Emits the operands of step <c>t</c>, and where the sums of a tile go.</summary>
    public void Begin()
    {
        Operands(operand => RowPointers.FirstRow(plan, operand.Source) + CodeWriter.Plus(operand.Source.Offset));
        if (kernel.OperandsOfNextStep)
        {
            code.Line();
            code.Line("// After the last step no later step hands a gradient back.");
        }

        var count = CodeWriter.Number(kernel.Operands.Count);
        code.Line($"var tile = {Sums(kernel.OperandsOfNextStep ? $"t + 1 < call.Steps ? {count} : 0" : count, "call.Scratch",
            form.Vectors * tile.Lanes, form.FetchesAhead, form.Depth)};");
        code.Line();
    }

    /// <summary>What all tiles have in common.</summary>
    public string Sums(string count, string sums, long stride, bool ahead = false, int depth = 0) =>
        $"new TileSums(operands, {count}, {CodeWriter.Number(kernel.Head.Count * tile.UnitBlocks)}, "
            + $"{(kernel.Biases[0] < 0 ? "false" : "true")}, {sums}, {CodeWriter.Number(stride)}"
            + (ahead ? $", ahead: {CodeWriter.Number(kernel.TileFloats(tile, false))}, firstRow: call.RowBegin" : "")
            + (depth > 0 ? $", depth: {CodeWriter.Number(depth)})" : ")");

    /// <summary>The rows of the next tile.</summary>
    public string Rows(string left) => $"rows = {TileName}.Rows({left});";

    /// <summary>The rows of the next tiles of a step.</summary>
    public string StepRows(string left) => form.Depth > 0 ? $"rows = {TileName}.Rows(in tile, {left});" : Rows(left);

    /// <summary>The sums of a tile.</summary>
    public string Sum(string sums, string panel, string row, bool pairs = false) =>
        $"{TileName}.{(pairs ? "SumPairs" : form.IsPart ? "SumParts" : "Sum")}(in {sums}, {panel}, {row}, rows);";
}
