using FastRnn.Language;

using static FastRnn.Language.Functions;

namespace FastRnn.Benchmarks.Models;

/// <summary>What a user would write who did not know that there is an LSTM already: the same equations, in a project outside the library.
/// It must be as fast as the built-in one, because nothing is built in.</summary>
[Cell]
[StoredTensor("weight_ih", "InputIn", "InputForget", "InputValue", "InputOut")]
[StoredTensor("weight_hh", "StateIn", "StateForget", "StateValue", "StateOut")]
[StoredTensor("bias_ih", "biasIn", "biasForget", "biasValue", "biasOut")]
[StoredTensor("bias_hh", "+biasIn", "+biasForget", "+biasValue", "+biasOut")]
internal sealed partial class MyLstm
{
    private readonly Mat<Hidden, Input> InputIn, InputForget, InputValue, InputOut;
    private readonly Mat<Hidden, Hidden> StateIn, StateForget, StateValue, StateOut;
    private readonly Vec<Hidden> biasIn, biasForget, biasValue, biasOut;

    public (Vec<Hidden> output, Vec<Hidden> memory) Step(Vec<Input> x, Vec<Hidden> output, Vec<Hidden> memory)
    {
        var enter = Sigmoid(InputIn * x + StateIn * output + biasIn);
        var keep = Sigmoid(InputForget * x + StateForget * output + biasForget);
        var value = Tanh(InputValue * x + StateValue * output + biasValue);
        var leave = Sigmoid(InputOut * x + StateOut * output + biasOut);

        memory = keep * memory + enter * value;
        output = leave * Tanh(memory);
        return (output, memory);
    }
}
