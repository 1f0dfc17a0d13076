using FastRnn.CompilerServices;
using FastRnn.Diagnostics;
using FastRnn.Language;
using FastRnn.Tests.Before;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Diagnostics;

/// <summary>The check that users run: it finds nothing where all is right, and names what is wrong.</summary>
public class GradientCheckTests
{
    public static TheoryData<string> Checks => [.. Right.Keys];

    private static readonly Dictionary<string, Func<GradientCheckOptions, GradientCheckResult>> Right = new()
    {
        ["cells of every origin, no loss"] = GradientCheck.Run<MixedStack>,
        ["dropout, recurrent dropout, learned first states"] = GradientCheck.Run<BeforeDropped>,
        ["tokens, both directions, the last step"] = GradientCheck.Run<BeforeBoth>,
        ["encoder, bridge, additive attention"] = GradientCheck.Run<BeforeTranslator>,
        ["encoder, states handed over, dot attention"] = GradientCheck.Run<Translator>,
        ["a condition"] = GradientCheck.Run<BeforeStyled>,
        ["one-hot tokens"] = GradientCheck.Run<BeforeOneHot>,
        ["a cell of one's own"] = GradientCheck.Run<BeforeOwn>,
        ["an output of a stream, a mean"] = GradientCheck.Run<BeforeOpinion>,
    };

    [Theory]
    [MemberData(nameof(Checks))]
    public void Right_gradients_are_found_right(string what)
    {
        foreach (var width in TestWidths.All)
        {
            var result = Right[what](new() { Seed = 5, Width = width });
            Assert.True(result.IsRight, $"{width}: {result}");
            Assert.Equal(0, result.Wrong);
            Assert.InRange(result.LargestError, 1e-9, result.Tolerance);
            Assert.InRange(result.Derivatives, 50, int.MaxValue);
        }
    }

    [Fact]
    public void A_large_model_is_checked_at_some_elements_and_along_directions()
    {
        var result = GradientCheck.Run<LargeText>(new() { Sequences = 1, Steps = 2 });
        Assert.True(result.IsRight, result.ToString());

        // Fourteen parameters and an embedding: two elements and a direction at least for the gradients of outputs and of the loss.
        Assert.InRange(result.Derivatives, 2 * 15 * 3, 20_000);
    }

    [Fact]
    public void A_wrong_gate_is_found_with_its_parameter_and_element()
    {
        var result = GradientCheck.Run<WrongStack>(new() { Elements = 4 });
        Assert.False(result.IsRight);
        Assert.InRange(result.LargestError, 10 * result.Tolerance, 1);
        Assert.InRange(result.Wrong, 1, result.Derivatives);
        Assert.Contains("of layer", result.Parameter, StringComparison.Ordinal);
        Assert.StartsWith($"MixedStack: {result.Wrong} of {result.Derivatives} derivatives are wrong; largest error ", result.ToString());
    }

    [Fact]
    public void The_same_seed_asks_the_same_and_the_model_is_as_before()
    {
        using var model = new BeforeOwn(seed: 4);
        var before = model.Parameters.ToArray();
        var first = GradientCheck.Run(model, new() { Elements = 2 });
        Assert.Equal(first, GradientCheck.Run(model, new() { Elements = 2 }));
        Assert.NotEqual(first, GradientCheck.Run(model, new() { Elements = 2, Seed = 2 }));
        Assert.Equal(before, model.Parameters.ToArray());
        Assert.True(first.IsRight, first.ToString());
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientCheck.Run<BeforeOwn>(new() { Steps = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientCheck.Run<BeforeOwn>(new() { Sequences = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientCheck.Run<BeforeOwn>(new() { Elements = -1 }));
        Assert.Throws<ArgumentNullException>(() => GradientCheck.Run<BeforeOwn>(null!, new()));
    }

    /// <summary>The kernels of a model whose second layer is another cell than they compute: its output is a thousandth larger.</summary>
    private sealed class WrongStack(ModelStore<WrongStack> store) : IModel<WrongStack>
    {
        public static ModelInfo Info { get; } = Wrong(InfoOf<MixedStack>());

        public ModelStore<WrongStack> Store => store;

        public static WrongStack Create(ModelStore<WrongStack> store) => new(store);

        public static void Forward(int layer, SimdWidth width, in LayerCall call) => Forward<MixedStack>(layer, width, in call);

        public static void Backward(int layer, SimdWidth width, in LayerCall call) => Backward<MixedStack>(layer, width, in call);

        public void Dispose() => store.Dispose();

        private static ModelInfo InfoOf<T>()
            where T : class, IModel<T> => T.Info;

        private static void Forward<T>(int layer, SimdWidth width, in LayerCall call)
            where T : class, IModel<T> => T.Forward(layer, width, in call);

        private static void Backward<T>(int layer, SimdWidth width, in LayerCall call)
            where T : class, IModel<T> => T.Backward(layer, width, in call);

        private static ModelInfo Wrong(ModelInfo info) => info with
        {
            Layers = [.. info.Layers.Select((layer, index) => index != 1 ? layer : layer with
            {
                CreateReference = parameters => new Louder(layer.CreateReference(parameters)),
            })],
        };
    }

    private sealed class Louder(ICell cell) : ICell
    {
        public double[][] Step(double[] x, double[][] states) =>
            [.. cell.Step(x, states).Select(state => state.Select(value => 1.001 * value).ToArray())];
    }
}
