using FastRnn.Benchmarks.Peers.Workers;

using TorchSharp;
using TorchSharp.Modules;

using static TorchSharp.torch;

namespace FastRnn.TorchSharpPeer;

/// <summary>The recurrent layers, whatever their cell, with a state that is carried on.</summary>
internal sealed class Layers
{
    private readonly LSTM? lstm;
    private readonly GRU? gru;
    private readonly RNN? elman;
    private Tensor? h;
    private Tensor? c;

    public Layers(WorkerRequest request, Numbers numbers)
    {
        var (input, hidden, layers) = (request.Input!.Value, request.Hidden!.Value, request.Layers!.Value);
        nn.Module module = request.Cell switch
        {
            "lstm" => lstm = nn.LSTM(input, hidden, layers),
            "gru" => gru = nn.GRU(input, hidden, layers),
            _ => elman = nn.RNN(input, hidden, layers),
        };
        Module = module;
        using var _ = no_grad();
        var parameters = module.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        for (var layer = 0; layer < layers; layer++)
        {
            foreach (var name in (string[])["weight_ih", "weight_hh", "bias_ih", "bias_hh"])
            {
                var parameter = parameters[$"{name}_l{layer}"];
                parameter.copy_(numbers.Take(parameter.shape));
            }
        }
    }

    public nn.Module Module { get; }

    /// <summary>Outputs <c>[T, B, H]</c>. It stands in a scope of its caller's, which the new state leaves.</summary>
    public Tensor Forward(Tensor x)
    {
        if (lstm is not null)
        {
            var (y, newH, newC) = lstm.call(x, h is null ? null : (h, c!));
            Keep(newH, newC);
            return y;
        }

        var (output, state) = gru is not null ? gru.call(x, h) : elman!.call(x, h);
        Keep(state, null);
        return output;
    }

    private void Keep(Tensor newH, Tensor? newC)
    {
        h?.Dispose();
        c?.Dispose();
        h = newH.detach().MoveToOuterDisposeScope();
        c = newC?.detach().MoveToOuterDisposeScope();
    }
}
