using FastRnn.Samples.Common;

namespace FastRnn.Samples.Tests.Common;

public class LeastSquaresTests
{
    [Fact]
    public void A_line_is_found()
    {
        var fit = new LeastSquares(2, 1);
        foreach (var (a, b) in new[] { (0f, 0f), (1, 0), (0, 1), (2, 5), (-3, 1) })
        {
            fit.Add([a, b], [2 * a - 3 * b + 0.5f]);
        }

        fit.Solve();
        var y = new float[1];
        fit.Predict([10, -10], y);
        Assert.Equal(50.5f, y[0], 1e-3f);
    }

    [Fact]
    public void Contradictions_are_averaged_and_doubled_features_do_no_harm()
    {
        var fit = new LeastSquares(2, 1);
        foreach (var y in new[] { 1f, 2, 6 })
        {
            fit.Add([4, 4], [y]);
        }

        fit.Solve();
        var mean = new float[1];
        fit.Predict([4, 4], mean);
        Assert.Equal(3, mean[0], 1e-4f);
    }
}
