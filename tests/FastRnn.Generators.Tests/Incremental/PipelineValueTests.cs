using System.Collections;
using System.Reflection;

using FastRnn.Generators.Tests.Harness;

namespace FastRnn.Generators.Tests.Incremental;

public class PipelineValueTests
{
    [Fact]
    public void No_Roslyn_object_can_be_reached_from_a_pipeline_value()
    {
        using var files = new TemporaryFiles();
        var result = Compile.Generate(
            Sources.Elman + Sources.Lstm + Sources.Projected + Sources.CharModel + Sources.Translate + """
            [Cell] public sealed partial class Wrong;
            [Loss] public sealed partial class Error { public Vec<Target> Step(Vec<Target> z, Vec<Target> y) => Mean(Abs(z - y)); }
            [Loss] public sealed partial class WrongLoss;
            [Model, Input(2), Layer<Elman>(3), Loss<Error>] public sealed partial class WithLoss;
            [Model, Input(0)] public sealed partial class WrongModel;
            [Model, Input(2), Layer<FastRnn.Cells.Gru>(3)] public sealed partial class OfAnotherAssembly;
            [Model, Input(2), Layer<Elman>(3), Weights("w.safetensors")] public sealed partial class Embedded;
            """,
            files.Add("w.safetensors", new TensorFile().AddAny("W_l0", 3, 2).AddAny("U_l0", 3, 3).AddAny("b_l0", 3).ToBytes()));
        var names = typeof(Steps).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToList();
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);

        foreach (var name in names)
        {
            Assert.True(result.TrackedSteps.ContainsKey(name), $"no step is called {name}");
            foreach (var value in result.TrackedSteps[name].SelectMany(step => step.Outputs).Select(output => output.Value))
            {
                Visit(value, name, seen);
            }
        }

        Assert.True(seen.Count > 100, "the walk saw next to nothing");
    }

    private static void Visit(object? value, string path, HashSet<object> seen)
    {
        if (value is null || value is string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value))
        {
            return;
        }

        var type = value.GetType();
        Assert.False(
            type.Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true, $"{path} holds a {type.Name}");
        if (value is IEnumerable items)
        {
            foreach (var item in items)
            {
                Visit(item, path + "[]", seen);
            }
        }

        for (var part = type; part is not null && part != typeof(object); part = part.BaseType)
        {
            foreach (var field in part.GetFields(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                Visit(field.GetValue(value), $"{path}.{field.Name}", seen);
            }
        }
    }
}
