using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Audio;

/// <summary>Runs a NAM LSTM in double by reading its list of weights from front to back, as its own program does.</summary>
internal static class NamRun
{
    /// <summary>The output <c>[B, T, O]</c> for <c>[B, T, I]</c>.</summary>
    public static Tensor Run(NamLayout sizes, Tensor input)
    {
        var weights = Tensor.Of(sizes.Weights).Values;
        var (batch, steps) = (input.Shape[0], input.Shape[1]);
        var output = new Tensor([batch, steps, sizes.Outputs]);
        for (var b = 0; b < batch; b++)
            RunStream(sizes, weights, input, output, b);
        return output;
    }

    private static void RunStream(NamLayout sizes, double[] weights, Tensor input, Tensor output, int b)
    {
        var hidden = sizes.Hidden;
        var states = new List<(double[] H, double[] C)>();
        var place = 0;
        for (var layer = 0; layer < sizes.Layers; layer++)
        {
            place += (4 * hidden * ((layer == 0 ? sizes.Inputs : hidden) + hidden)) + (4 * hidden);
            states.Add((weights[place..(place + hidden)], weights[(place + hidden)..(place + (2 * hidden))]));
            place += 2 * hidden;
        }

        var head = place;
        for (var step = 0; step < input.Shape[1]; step++)
        {
            var begin = ((b * input.Shape[1]) + step) * sizes.Inputs;
            var sample = input.Values[begin..(begin + sizes.Inputs)];
            place = 0;
            foreach (var (h, c) in states)
            {
                place = Step(weights, place, sample, h, c);
                sample = h;
            }

            for (var o = 0; o < sizes.Outputs; o++)
            {
                var sum = weights[head + (sizes.Outputs * hidden) + o];
                for (var k = 0; k < hidden; k++)
                    sum += weights[head + (o * hidden) + k] * sample[k];
                output.Values[(((b * input.Shape[1]) + step) * sizes.Outputs) + o] = sum;
            }
        }
    }

    // Returns where the next layer begins.
    private static int Step(double[] weights, int place, double[] x, double[] h, double[] c)
    {
        double[] joined = [.. x, .. h];
        var sums = new double[4 * h.Length];
        for (var row = 0; row < sums.Length; row++)
        {
            foreach (var value in joined)
                sums[row] += weights[place++] * value;
        }

        for (var row = 0; row < sums.Length; row++)
            sums[row] += weights[place++];
        for (var k = 0; k < h.Length; k++)
        {
            c[k] = (Sigmoid(sums[h.Length + k]) * c[k]) + (Sigmoid(sums[k]) * Math.Tanh(sums[(2 * h.Length) + k]));
            h[k] = Sigmoid(sums[(3 * h.Length) + k]) * Math.Tanh(c[k]);
        }

        return place + (2 * h.Length);
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
