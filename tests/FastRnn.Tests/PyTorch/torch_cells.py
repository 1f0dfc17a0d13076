"""FastRnn's names of the cells that PyTorch has, and PyTorch's modules for them."""
import torch

CELLS = {
    "elman": lambda i, h, layers: torch.nn.RNN(i, h, layers, nonlinearity="tanh"),
    "elmanrelu": lambda i, h, layers: torch.nn.RNN(i, h, layers, nonlinearity="relu"),
    "lstm": torch.nn.LSTM,
    "gru": torch.nn.GRU,
}

BIDIRECTIONAL = {
    "bilstm": lambda i, h, layers: torch.nn.LSTM(i, h, layers, bidirectional=True),
    "bigru": lambda i, h, layers: torch.nn.GRU(i, h, layers, bidirectional=True),
}


def run(module, x, h0, c0=None):
    """[T, B, I] and [L, B, H] -> outputs [T, B, H], last states {"hn": [L, B, H], and for an LSTM "cn"}."""
    if isinstance(module, torch.nn.LSTM):
        y, (hn, cn) = module(x, (h0, c0))
        return y, {"hn": hn, "cn": cn}
    y, hn = module(x, h0)
    return y, {"hn": hn}
