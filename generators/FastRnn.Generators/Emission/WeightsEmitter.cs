using System.Globalization;
using System.Text;

using FastRnn.Generators.Analysis;
using FastRnn.Generators.Scheduling;
using FastRnn.Generators.Weights;

namespace FastRnn.Generators.Emission;

/// <summary>Emits the weights of a model as data, and the constructors of such a model.</summary>
internal static class WeightsEmitter
{
    private const string Services = "global::FastRnn.CompilerServices";
    private const string Width = "global::FastRnn.SimdWidth";

    // The widest number that C# can write: a compiler takes its time for each, however wide.
    private const int WordBytes = 8;
    private const int WordsOfALine = 8;

    /// <param name="plan">The model.</param>
    /// <param name="weights">Its weights; null if something is wrong with them: constructors are there all the same, so that nothing else
    /// is reported.</param>
    /// <param name="cancellation">When the result is not wanted any more.</param>
    public static string Emit(ModelPlan plan, CheckedWeights? weights, CancellationToken cancellation)
    {
        var model = plan.Graph;
        var code = new CodeWriter();
        ModelShell.Header(code);
        var order = weights is null ? null : WeightOrder.Of(model, plan.Layers);
        if (order is not null)
        {
            Title(code, model, weights!, order);
        }

        ModelShell.Open(code, model);
        code.Open("partial class " + model.Name);
        Constructors(code, model, order);
        if (order is null)
        {
            code.Line($"static {Services}.EmbeddedWeights global::FastRnn.IModel<{model.Name}>.Weights => default;");
        }
        else
        {
            var width = order.Panels.Contains(true) ? "Bits" + CodeWriter.Number(model.Weights!.Width) : "Auto";
            var panels = string.Join(", ", order.Panels.Where(_ => width != "Auto").Select(isPanel => isPanel ? "true" : "false"));
            code.Line($"static {Services}.EmbeddedWeights global::FastRnn.IModel<{model.Name}>.Weights => new(");
            code.Indent();
            code.Line(
                $"global::{ModelShell.WeightNamespace(model)}.WeightData.Words, float32Count: {CodeWriter.Number(order.Float32.Count)}, "
                    + $"bfloat16Count: {CodeWriter.Number(order.BFloat16.Count)},");
            var int8 = order.Int8.Count > 0 ? ", int8Count: " + CodeWriter.Number(order.Int8.Count) : "";
            code.Line($"{Width}.{width}, [{panels}]{int8});");
            code.Outdent();
        }

        code.Close();
        ModelShell.Close(code, model);
        if (order is not null)
        {
            Data(code, model, Words(order, weights!.Numbers));
        }

        return code.ToString();
    }

    /// <summary>The compiler would take five times as long to ask of each number whether it is null.</summary>
    private static void Data(CodeWriter code, ModelGraph model, string words)
    {
        code.Line();
        code.Line("#nullable disable");
        code.Open("namespace " + ModelShell.WeightNamespace(model));
        code.Open("internal static class WeightData");
        code.Line("public static global::System.ReadOnlySpan<ulong> Words =>");
        code.Line("[");
        code.Line(words);
        code.Line("];");
        code.Close();
        code.Close();
    }

    /// <summary>What the numbers are, for who reads the file.</summary>
    private static void Title(CodeWriter code, ModelGraph model, CheckedWeights weights, WeightOrder order)
    {
        code.Line($"// {weights.File.Name}, {CodeWriter.Number(weights.File.Length)} bytes, sha256 {weights.File.Hash}");
        foreach (var tensor in ModelTensor.Of(model))
        {
            code.Line($"//   {tensor.Name} {TensorEntry.Format(tensor.Shape)} {weights.Tensors.Find(tensor.Name)?.Type ?? "is not there"}");
        }

        var halves = order.BFloat16.Count > 0 ? $", then {CodeWriter.Number(order.BFloat16.Count)} numbers in bfloat16" : "";
        var int8 = order.Int8.Count > 0 ? $", scales of rows among them, then {CodeWriter.Number(order.Int8.Count)} numbers in int8" : "";
        code.Line(
            $"// {CodeWriter.Number(order.Float32.Count)} floats{halves}{int8}: {CodeWriter.Number(order.Bytes)} bytes, "
                + $"two or {(order.Int8.Count > 0 ? "eight" : "four")} numbers a word, the first in its lowest bits.");
        var embedding = model.TableCount > 0 ? ["the embedding in its own order"] : Array.Empty<string>();
        var kernels = $"kernels of {CodeWriter.Number(model.Weights!.Width)} bits";
        code.Line("// " + string.Join("; ", embedding.Concat(order.Panels.Select((isPanel, l) =>
            $"layer {CodeWriter.Number(l)} in the order of its {(isPanel ? kernels : "parameters")}"))) + ".");
        code.Line();
    }

    private static void Constructors(CodeWriter code, ModelGraph model, WeightOrder? order)
    {
        var size = order is null ? "" : $", {order.Bytes.ToString("N0", CultureInfo.InvariantCulture)} bytes of the assembly";
        code.Line($$"""
            /// <summary>A model with the weights of <c>{{Names.Xml(model.Weights!.Path)}}</c>, as they were when the project was
            /// built{{size}}. No file is read.</summary>
            /// <param name="width">The vector width of its kernels; results do not depend on it.</param>
            public {{model.Name}}({{Width}} width = {{Width}}.Auto)
                : this({{Services}}.ModelStore<{{model.Name}}>.Embedded(width))
            {
            }

            /// <summary>A model with fresh parameters.</summary>
            /// <param name="seed">The same seed gives the same parameters on every machine.</param>
            /// <param name="width">The vector width of its kernels; results do not depend on it.</param>
            public {{model.Name}}(int seed, {{Width}} width = {{Width}}.Auto)
                : this({{Services}}.ModelStore<{{model.Name}}>.Initialize(seed, width))
            {
            }

            """);
    }

    private static string Words(WeightOrder order, float[] numbers)
    {
        var scales = order.Rows.Select(row => TensorNumbers.Int8Scale(numbers, row.First, row.Count)).ToArray();
        var exact = order.Float32.Select(
            i => i >= 0 ? numbers[i] : i == WeightOrder.Nothing ? 0 : scales[WeightOrder.Scale - i]).ToArray();
        var halves = TensorNumbers.ToBFloat16(order.BFloat16.Select(i => i < 0 ? 0 : numbers[i]).ToArray());
        var integers = order.Rows.SelectMany((row, r) => Enumerable.Range(row.First, row.Count)
            .Select(i => TensorNumbers.ToInt8(numbers[i], scales[r]))).ToArray();
        var bytes = new byte[(order.Bytes + WordBytes - 1) / WordBytes * WordBytes];
        Buffer.BlockCopy(exact, 0, bytes, 0, 4 * exact.Length);
        Buffer.BlockCopy(halves, 0, bytes, 4 * exact.Length, 2 * halves.Length);
        Buffer.BlockCopy(integers, 0, bytes, (4 * exact.Length) + (2 * halves.Length), integers.Length);

        var text = new StringBuilder(bytes.Length * 5 / 2);
        for (var at = 0; at < bytes.Length; at += WordBytes)
        {
            text.Append("0x").Append(BitConverter.ToUInt64(bytes, at).ToString("x", CultureInfo.InvariantCulture)).Append(',');
            text.Append((at / WordBytes + 1) % WordsOfALine == 0 && at + WordBytes < bytes.Length ? '\n' : ' ');
        }

        return text.ToString();
    }
}
