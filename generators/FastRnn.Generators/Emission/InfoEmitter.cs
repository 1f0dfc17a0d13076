using FastRnn.CompilerServices;
using FastRnn.Generators.Analysis;
using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits the tables of a model: what the runtime needs to know of it, as data.</summary>
internal static class InfoEmitter
{
    public static void Emit(CodeWriter code, ModelGraph model, IReadOnlyList<LayerPlan> plans)
    {
        var rest = Rest(model).ToList();
        code.Line("/// <summary>Layers, parameters and sizes: constants of the declaration.</summary>");
        code.Line("public static global::FastRnn.ModelInfo Info { get; } = new(");
        code.Indent();
        code.Line($"{Names.Literal(model.Name)},");
        code.Line($"global::FastRnn.InputKind.{model.Input}, InputSize: {model.InputSize}, Vocabulary: {model.Vocabulary},");
        code.Line("[");
        code.Indent();
        var offset = model.TableCount;
        for (var i = 0; i < plans.Count; i++)
        {
            Layer(code, model, plans[i], i, offset);
            offset += model.Layers[i].ParameterCount;
        }

        code.Outdent();
        code.Line("],");
        code.Line($"global::FastRnn.LossKind.{model.Loss}, global::FastRnn.Reduction.{model.Reduction},");
        code.Line(
            $"SoftmaxOutput: {Bool(model.SoftmaxOutput)}, "
                + $"PyTorchInitialization: {Bool(model.PyTorchInitialization)}{WiringEmitter.Inputs(model)})"
                + (rest.Count == 0 ? ";" : ""));
        code.Outdent();
        if (rest.Count > 0)
        {
            code.Line("{");
            code.Indent();
            rest.ForEach(line => code.Line(line));
            code.Outdent();
            code.Line("};");
        }
    }

    /// <summary>What most models do not have to say.</summary>
    private static IEnumerable<string> Rest(ModelGraph model)
    {
        if (model.Input == InputKind.Mixed)
        {
            yield return $"Inputs = {WiringEmitter.Several(model.Inputs)},";
        }

        foreach (var line in HeadEmitter.Lines(model))
        {
            yield return line;
        }

        if (model.LogSoftmaxOutput)
        {
            yield return "LogSoftmaxOutput = true,";
        }

        var loss = model.LossOptions;
        if (loss.LabelSmoothing != 0)
        {
            yield return $"LabelSmoothing = {CodeWriter.Double(loss.LabelSmoothing)},";
        }

        if (loss.HuberDelta != 1)
        {
            yield return $"HuberDelta = {CodeWriter.Double(loss.HuberDelta)},";
        }

        if (loss.Quantiles.Count > 0)
        {
            yield return $"Quantiles = [{string.Join(", ", loss.Quantiles.Select(CodeWriter.Double))}],";
        }

        if (loss.ZeroInfinity)
        {
            yield return "ZeroInfinity = true,";
        }

        if (loss.Equations.Length > 0)
        {
            yield return $"Equations = global::FastRnn.CompilerServices.LossEquations.Of<global::{loss.Equations}>(),";
        }

        if (!model.Widths.Equals(KernelWidths.All))
        {
            var widths = model.Widths.Select(bits => "global::FastRnn.SimdWidth.Bits" + CodeWriter.Number(bits));
            yield return "Widths = [" + string.Join(", ", widths) + "],";
        }
    }

    private static void Layer(CodeWriter code, ModelGraph model, LayerPlan plan, int index, long offset)
    {
        var layer = model.Layers[index];
        code.Line(
            $"new({Names.Literal(layer.CellName)}, IsRecurrent: {Bool(layer.IsRecurrent)}, InputSize: {layer.InputSize}, "
                + $"HiddenSize: {layer.HiddenSize}, ParameterOffset: {offset},");
        code.Indent();
        Parameters(code, layer);
        List(code, plan.States.Select(s => $"new({Names.Literal(s.Name)}, {s.Size}, NeedsHistory: {Bool(s.NeedsHistory)})"));
        code.Line($"TapeStride: {plan.TapeStride}, DPreStride: {plan.DPreStride}, DPreOnTape: {Bool(plan.DPreOnTape)},");
        List(code, plan.Products.Select(
            p => $"new({p.Parameter}, {p.DPreOffset}, global::FastRnn.CompilerServices.OperandKind.{p.Operand}, {p.OperandIndex})"));
        List(code, plan.Sums.Select(s => $"new({s.Parameter}, {s.DPreOffset})"));
        code.Line(
            $"MultiplyAdds: {plan.MultiplyAdds}, HoistFloats: {plan.HoistFloats}, ReadsToken: {Bool(plan.ReadsToken)}, "
                + $"PadsInput: {Bool(plan.PadsInput)},");
        if (layer.IsKernel)
        {
            Layout(code, plan);
        }
        else
        {
            code.Line("new([], []),");
        }

        List(code, TensorNames.Of(model, index).Select(
            t => $"new({Names.Literal(t.Name)}, [{string.Join(", ", t.Parts.Select(p => Part(layer, p)))}])"));
        code.Line(Reference(layer) + ",");
        code.Line(WiringEmitter.Layer(layer.Wiring) + (plan.Activations.Count == 0 ? ")," : ")"));
        code.Outdent();
        if (plan.Activations.Count > 0)
        {
            code.Line("{");
            code.Indent();
            code.Line("Activations =");
            List(code,
                plan.Activations.Select(
                a => $"new({Names.Literal(a.Name)}, global::FastRnn.CompilerServices.ActivationFunction.{a.Function}, "
                    + $"global::FastRnn.CompilerServices.OperandKind.{a.Place}, {a.Index}, {a.Size})"));
            code.Outdent();
            code.Line("},");
        }
    }

    private static string Reference(LayerGraph layer) =>
        !layer.IsKernel ? $"static _ => throw new global::System.NotSupportedException({Names.Literal(layer.Cell.Name + " is no cell.")})"
        : layer.IsDense
        ? "static p => new global::FastRnn.Testing.DenseReference(p, "
            + $"global::FastRnn.DenseActivation.{layer.DenseActivation}{(layer.Cell.Parameters.Count == 1 ? ", hasBias: false" : "")})"
        : layer.Wiring.Starts.Any(s => s.Kind == StartKind.Mask) ? MaskedReference(layer)
        : $"static p => {Cell(layer, "p")}";

    /// <summary>The cell as it was written, with the units that its zoneout holds.</summary>
    private static string Cell(LayerGraph layer, string parameters)
    {
        var held = layer.Wiring.Starts.Where(s => s.Kind == StartKind.Zoneout).Select(s => CodeWriter.Number(s.Index)).ToList();
        var cell = $"new global::{layer.Cell.TypeName}({parameters})";
        return held.Count == 0 ? cell : $"new global::FastRnn.Testing.ZoneoutReference({cell}, [{string.Join(", ", held)}])";
    }

    /// <summary>The cell as it was written, under masks. A matrix that multiplies a masked state and something else cannot be had
    /// so.</summary>
    private static string MaskedReference(LayerGraph layer)
    {
        var masked = layer.Wiring.Starts.Where(s => s.Kind == StartKind.Masked).Select(s => s.Index).ToList();
        var products = CellVariants.MaskedProducts(layer.Cell, layer.Cell.States.Count - 2 * masked.Count);
        return products is null
            ? "static _ => throw new global::System.NotSupportedException("
                + Names.Literal($"A matrix of {layer.CellName} multiplies a state under a mask and something else.") + ")"
            : $"static p => new global::FastRnn.Testing.RecurrentDropoutReference(p, static q => {Cell(layer, "q")}, "
                + $"[{string.Join(", ", masked)}], [{string.Join(", ", products.Select(m => $"({m.Matrix}, {masked[m.Mask]})"))}])";
    }

    private static void Parameters(CodeWriter code, LayerGraph layer)
    {
        var lines = new List<string>();
        var offset = 0L;
        foreach (var parameter in layer.Cell.Parameters)
        {
            var rows = layer.Size(parameter.Rows);
            var columns = parameter.IsVector ? 0 : layer.Size(parameter.Columns);
            lines.Add(
                $"new({Names.Literal(parameter.Name)}, {offset}, {rows}, {columns}, global::FastRnn.Initializer.{parameter.Initializer}, "
                    + $"{CodeWriter.Double(parameter.InitializerValue)})");
            offset += (long)rows * Math.Max(1, columns);
        }

        List(code, lines);
    }

    private static string Part(LayerGraph layer, string part)
    {
        var name = part.TrimStart('+');
        for (var i = 0; i < layer.Cell.Parameters.Count; i++)
        {
            if (layer.Cell.Parameters[i].Name == name)
            {
                return $"new({i}, Folded: {Bool(part[0] == '+')})";
            }
        }

        throw new InvalidOperationException("tensor part without a parameter: " + part);
    }

    private static void Layout(CodeWriter code, LayerPlan plan)
    {
        code.Line("new(");
        code.Indent();
        Panels(code, plan.Forward, true, ",");
        Panels(code, plan.InputGradient is { } input ? plan.Backward.Concat([input]) : plan.Backward, false, "),");
        code.Outdent();
    }

    private static void Panels(CodeWriter code, IEnumerable<KernelPlan> kernels, bool forward, string end)
    {
        code.Line("[");
        code.Indent();
        foreach (var kernel in kernels)
        {
            var head = string.Join(", ", kernel.Head.Select(v => "[" + string.Join(", ", v) + "]"));
            var blocks = string.Join(", ", kernel.Tiles.Select(tile => tile.UnitBlocks));
            code.Line($"new({kernel.Units}, UnitBlocks: new({blocks}), [{head}],");
            code.Indent();
            var last = forward && !kernel.HasInt8 ? "], HasInt8: false)," : "]),";
            List(code, kernel.Operands.Select(o => Operand(o, forward && o.IsPaired)), last);
            code.Outdent();
        }

        code.Outdent();
        code.Line("]" + end);
    }

    /// <summary>Terms in the order of their accumulators, as the kernel's loop reads them.</summary>
    private static string Operand(OperandPlan operand, bool isPaired) =>
        $"new({operand.Length}, [{string.Join(", ", operand.Terms.Select(t => $"new({t.Source}, {t.UnitStride}, {t.Stride})"))}]"
            + (isPaired ? ", IsPaired: true" : "") + (operand.IsToken ? ", IsToken: true)" : ")");

    private static void List(CodeWriter code, IEnumerable<string> lines, string end = "],")
    {
        var all = lines.ToList();
        if (all.Count == 0)
        {
            code.Line("[" + end);
            return;
        }

        code.Line("[");
        code.Indent();
        foreach (var line in all)
        {
            code.Line(line + ",");
        }

        code.Outdent();
        code.Line(end);
    }

    private static string Bool(bool value) => value ? "true" : "false";
}
