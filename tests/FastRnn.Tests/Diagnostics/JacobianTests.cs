using FastRnn.Diagnostics;
using FastRnn.Testing;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Diagnostics;

/// <summary>The derivative of a step, and its spectrum.</summary>
public sealed class JacobianTests
{
    [Fact]
    public void Of_an_lstm_it_is_that_of_the_equations()
    {
        const int Steps = 3, Batch = 2, Row = 1, Step = 2;
        var experiment = Experiment.Random(InspectedStack.Info, Steps, Batch, seed: 6);
        var model = GradientFlowTests.Model<InspectedStack>(new(seed: 1), experiment);
        using var inspector = new Inspector<InspectedStack>(model, new() { BatchSize = Batch, SequenceLength = Steps });
        inspector.Forward(experiment.X);
        var parameters = Array.ConvertAll(experiment.Parameters, p => (double)p);
        for (var layer = 0; layer < 2; layer++)
        {
            // The layer alone, executed by its equations, at the point where the kernels were.
            var info = InspectedStack.Info.Layers[layer];
            var cell = info.CreateReference(new(
                [.. info.Parameters.Select(p => (p.Rows, p.Columns))], parameters.AsSpan(info.ParameterOffset, info.ParameterCount)));
            var x = layer == 0 ? [.. experiment.X.AsSpan((Step * Batch + Row) * 3, 3)] : Read(inspector, 0, 0, Step + 1, 18, Row);
            double[] point = [.. info.States.SelectMany((s, i) => Read(inspector, layer, i, Step, s.Size, Row)).Select(v => (double)v)];
            var jacobian = inspector.Jacobian(layer, Step, Row);
            Assert.Equal(point.Length, jacobian.Size);
            for (var from = 0; from < point.Length; from++)
            {
                for (var to = 0; to < point.Length; to++)
                {
                    var expected = FiniteDifferences.Partial(
                        p => cell.Step(Array.ConvertAll(x, v => (double)v), Split(p, info.HiddenSize)).SelectMany(s => s).ElementAt(to),
                        point, from);
                    Assert.Equal(expected, jacobian[to, from], 1e-5);
                }
            }
        }
    }

    [Fact]
    public void A_known_spectrum_is_found()
    {
        // At h = 0 the step's Jacobian is U: two rotations by an angle, stretched by 0.9 and by 0.5.
        var model = new InspectedElman(seed: 1);
        var (cos, sin) = (MathF.Cos(1), MathF.Sin(1));
        float[] u = [.9f * cos, -.9f * sin, 0, 0, .9f * sin, .9f * cos, 0, 0, 0, 0, .5f * cos, -.5f * sin, 0, 0, .5f * sin, .5f * cos];
        using (var edit = model.Edit())
        {
            edit.Parameters.Clear();
            u.CopyTo(edit.Parameter(0, "U"));
        }

        var jacobian = JacobianAtZero(model);
        Assert.Equal(0.9, jacobian.SpectralRadius(), 1e-5);
        Assert.Equal(0.9, jacobian.LargestSingularValue(), 1e-5);
    }

    [Fact]
    public void What_stretches_once_but_never_again_has_a_small_radius_and_a_large_norm()
    {
        var model = new InspectedElman(seed: 1);
        using (var edit = model.Edit())
        {
            edit.Parameters.Clear();
            edit.Parameter(0, "U")[1] = 7;
        }

        var nilpotent = JacobianAtZero(model);
        Assert.Equal(0, nilpotent.SpectralRadius());
        Assert.Equal(7, nilpotent.LargestSingularValue(), 1e-6);
        Assert.Equal(7, nilpotent[0, 1]);

        // A shear: eigenvalues 1, and n steps stretch by about 3 n.
        using (var edit = model.Edit())
        {
            for (var i = 0; i < 4; i++)
                edit.Parameter(0, "U")[i * 5] = 1;
            edit.Parameter(0, "U")[1] = 3;
        }

        var shear = JacobianAtZero(model);
        Assert.Equal(1, shear.SpectralRadius(), 1e-4);
        Assert.Equal((3 + Math.Sqrt(13)) / 2, shear.LargestSingularValue(), 1e-6);
    }

    [Fact]
    public void A_zero_matrix_and_one_that_is_not_finite_are_no_trouble()
    {
        var model = new InspectedElman(seed: 1);
        using (var edit = model.Edit())
            edit.Parameters.Clear();
        Assert.Equal((0, 0), (JacobianAtZero(model).SpectralRadius(), JacobianAtZero(model).LargestSingularValue()));
        using (var edit = model.Edit())
            edit.Parameter(0, "U")[0] = float.PositiveInfinity;
        Assert.True(double.IsNaN(JacobianAtZero(model).SpectralRadius()));
        Assert.True(double.IsNaN(JacobianAtZero(model).LargestSingularValue()));
    }

    [Fact]
    public void Places_that_are_not_there_are_refused()
    {
        using var inspector = new Inspector<InspectedStack>(new InspectedStack(seed: 1), new() { BatchSize = 2, SequenceLength = 3 });
        Assert.Throws<InvalidOperationException>(() => inspector.Jacobian(0, 0, 0));
        inspector.Forward(new float[3 * 2 * 3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => inspector.Jacobian(0, 3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => inspector.Jacobian(0, 0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => inspector.Jacobian(3, 0, 0));
        Assert.Contains(
            "carries no state", Assert.Throws<ArgumentException>(() => inspector.Jacobian(2, 0, 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_and_one_hot_vectors_have_one_as_well()
    {
        using var inspector = new Inspector<InspectedOneHot>(new InspectedOneHot(seed: 1), new() { BatchSize = 2, SequenceLength = 3 });
        inspector.Forward((int[])[4, 1, 0, 0, 2, 2]);
        Assert.Equal(6, inspector.Jacobian(0, 2, 1).Size);
        Assert.InRange(inspector.Jacobian(0, 2, 1).SpectralRadius(), 0.1, 1.5);
    }

    private static StepJacobian JacobianAtZero(InspectedElman model)
    {
        using var inspector = new Inspector<InspectedElman>(model, new() { BatchSize = 1, SequenceLength = 1 });
        inspector.Forward(new float[2]);
        return inspector.Jacobian(0, 0, 0);
    }

    private static float[] Read(Inspector<InspectedStack> inspector, int layer, int state, int t, int size, int row)
    {
        var values = new float[inspector.BatchSize * size];
        inspector.GetState(layer, state, t, values);
        return values[(row * size)..((row + 1) * size)];
    }

    private static double[][] Split(double[] point, int size) => [.. point.Chunk(size)];
}
