using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Losses;

/// <summary>The negative logarithm of the likelihood of targets under normal distributions whose means and variances a model puts out
/// (Nix and Weigend 1994), averaged over the targets and without its constant: <c>(v + (y - m)^2 exp(-v)) / 2</c>, v the logarithm of the
/// variance. Twice as many outputs as targets: all means, then all logarithms. PyTorch's <c>GaussianNLLLoss</c> of
/// <c>var = exp(v)</c>.</summary>
[Loss]
public sealed partial class GaussianLikelihood
{
    /// <summary>The loss of one position.</summary>
    /// <param name="mean">Outputs: m.</param>
    /// <param name="logVariance">Outputs: v.</param>
    /// <param name="y">Targets.</param>
    /// <returns>A number.</returns>
    public Vec<Target> Step(Vec<Target> mean, Vec<Target> logVariance, Vec<Target> y) =>
        Mean(0.5 * (logVariance + Square(y - mean) * Exp(-logVariance)));
}
